package dev.retort.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowsTest {

    @ParameterizedTest
    @MethodSource("dev.retort.datasets.DatasetsTest#names")
    void everyRowHasAClass(String name) {
        Card card = Datasets.card(name);

        int[] labels = Datasets.read(name).labels();

        assertThat(labels).hasSize(card.rows());
        assertThat(IntStream.of(labels).distinct().sorted().boxed())
                .isEqualTo(IntStream.range(0, card.classes().size()).boxed().toList());
    }

    @Test
    void digitsAreGridsOfSixteenGreys() {
        var digits = (Rows.Numbers) Datasets.read("digits");

        assertThat(digits.labels()).hasSize(1_797);
        assertThat(digits.values()).hasSize(1_797 * 64).startsWith(0, 0, 5, 13, 9, 1, 0, 0);
        assertThat(range(digits.values())).containsExactly(0, 16);
        assertThat(Datasets.card("digits").shape()).containsExactly(1, 8, 8);
        assertThat(Datasets.card("digits").officialTrain()).isEmpty();
    }

    @Test
    void lettersHaveSixteenNamedAttributes() {
        var letter = (Rows.Numbers) Datasets.read("letter");
        Card card = Datasets.card("letter");

        assertThat(letter.columns()).hasSize(16).startsWith("x_box", "y_box").endsWith("y_ege", "yegvx");
        assertThat(letter.values()).hasSize(20_000 * 16).startsWith(2, 8, 3, 5, 1, 8, 13);
        assertThat(range(letter.values())).containsExactly(0, 15);
        assertThat(card.classes().get(letter.labels()[0])).isEqualTo("T");
        assertThat(card.officialTrain()).hasValue(16_000);
    }

    @Test
    void fashionHasItsOfficialPartsOneAfterTheOther() {
        var fashion = (Rows.Numbers) Datasets.read("fashion-mnist");
        Card card = Datasets.card("fashion-mnist");

        assertThat(fashion.values()).hasSize(70_000 * 28 * 28);
        assertThat(range(fashion.values())).containsExactly(0, 255);
        assertThat(card.officialTrain()).hasValue(60_000);
        assertThat(count(fashion.labels(), 0, 60_000, 10)).containsOnly(6_000);
        assertThat(count(fashion.labels(), 60_000, 70_000, 10)).containsOnly(1_000);
        assertThat(card.classes().get(fashion.labels()[0])).isEqualTo("Ankle boot");
        assertThat(card.classes().get(fashion.labels()[60_001])).isEqualTo("Pullover");
    }

    @Test
    void movieReviewsRatedZeroAreLeftOut() {
        var reviews = (Rows.Texts) Datasets.read("movie-reviews");

        assertThat(reviews.texts()).hasSize(10_568).noneMatch(String::isBlank);
        assertThat(reviews.texts().get(0)).startsWith("The Rock is destined to be the 21st Century's new ''Conan''");
        assertThat(reviews.texts()).anyMatch(text -> text.contains("clichés"));
        assertThat(count(reviews.labels(), 0, 10_568, 2)).containsExactly(5_326, 5_242);
        assertThat(Datasets.card("movie-reviews").classes()).containsExactly("negative", "positive");
    }

    private static int[] count(int[] labels, int from, int to, int classes) {
        int[] count = new int[classes];
        Arrays.stream(labels, from, to).forEach(label -> count[label]++);
        return count;
    }

    /** The smallest and the largest of unsigned bytes. */
    private static int[] range(byte[] values) {
        var statistics = IntStream.range(0, values.length).map(i -> values[i] & 0xff).summaryStatistics();
        return new int[] {statistics.getMin(), statistics.getMax()};
    }
}
