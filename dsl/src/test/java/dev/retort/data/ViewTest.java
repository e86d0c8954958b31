package dev.retort.data;

import static dev.retort.Retort.dataset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final Split DIGITS = dataset("digits").train().take(50);
    private static final Shape SHAPE = new Shape(1, 3, 3);
    private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    @Test
    void aShiftedImageMovesAsAWhole() {
        float[][] possible = {{5, 6, 0, 8, 9, 0, 0, 0, 0}, {0, 0, 0, 0, 1, 2, 0, 4, 5}, IMAGE, {0, 1, 2, 0, 4, 5, 0, 7, 8}};
        for (float[] seen : possible) {
            assertThat(IntStream.range(0, 200)).anyMatch(seed -> Arrays.equals(seen, look(new View.Shifted(1), seed)));
        }
    }

    @Test
    void aFlippedImageIsMirroredOneTimeOutOfTwo() {
        long mirrored = IntStream.range(0, 1000).filter(seed -> look(new View.Flipped(), seed)[0] == 3).count();
        assertThat(mirrored).isBetween(400L, 600L);
        assertThat(Stream.iterate(0, seed -> seed + 1).map(seed -> look(new View.Flipped(), seed)).filter(seen -> seen[0] == 3).findFirst().orElseThrow())
                .containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7);
    }

    @Test
    void aCroppedImageIsAWindowStretched() {
        float[] topLeft = {1, 1.5f, 2, 2.5f, 3, 3.5f, 4, 4.5f, 5};
        assertThat(IntStream.range(0, 200)).anyMatch(seed -> Arrays.equals(topLeft, look(new View.Cropped(1), seed)));
        assertThat(IntStream.range(0, 200)).allMatch(seed -> look(new View.Cropped(1), seed)[4] >= 3);
    }

    @Test
    void eachEpochHasViewsOfItsOwnThatTheSeedDecides() {
        Split rows = DIGITS.shifted(1).flipped();
        assertThat(rows.name()).isEqualTo("digits/train.take(50).shifted(1).flipped()");
        assertThat(rows.isVaried()).isTrue();
        assertThat(rows.features()).as("until a training looks at them").isEqualTo(DIGITS.features());
        Split first = rows.inEpoch(1, 7);
        assertThat(first.isVaried()).isFalse();
        assertThat(first.features()).isEqualTo(rows.inEpoch(1, 7).features())
                .isNotEqualTo(rows.inEpoch(2, 7).features()).isNotEqualTo(rows.inEpoch(1, 8).features());
        assertThat(first.labels()).isEqualTo(DIGITS.labels());
        assertThat(rows.take(10).inEpoch(1, 7).features()).as("a row's view does not depend on the rows beside it")
                .isEqualTo(first.take(10).features());
    }

    @Test
    void whatIsNoImageIsRefused() {
        assertThatThrownBy(() -> dataset("letter").train().flipped()).hasMessageContaining("images").hasMessageContaining("(16)");
        assertThatThrownBy(() -> DIGITS.shifted(0)).hasMessageContaining("shifted(0)");
        assertThatThrownBy(() -> DIGITS.cropped(8)).hasMessageContaining("larger than its pixels");
    }

    private static float[] look(View view, long seed) {
        return view.of(IMAGE, SHAPE, new SplittableRandom(seed));
    }
}
