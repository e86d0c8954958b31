package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void wordsAndPairsAreFlagsInTheOrderOfTheirFrequency() {
        Words words = Words.of(List.of("good", "Good film", "film"), new int[] {0, 1, 2});

        float[] row = new float[Words.WIDTH];
        words.features().copy(1, row, 0);

        assertThat(words.vocabulary()).containsExactly("film", "good", "good/film");
        assertThat(Arrays.copyOf(row, 4)).containsExactly(1, 1, 1, 0);
        assertThat(words.features().columns()[0]).hasSize(1);
        assertThat(words.features().columns()[2]).hasSize(1);
    }

    @Test
    void repeatedWordCountsOnce() {
        Words words = Words.of(List.of("bad bad bad"), new int[] {0});

        assertThat(words.features().columns()[0]).containsExactly(0, 1);
    }

    @Test
    void onlyTrainingTextsGiveWords() {
        Words words = Words.of(List.of("good", "awful"), new int[] {0});

        assertThat(words.features().columns()[0]).containsExactly(0);
        assertThat(words.features().columns()[1]).isEmpty();
    }
}
