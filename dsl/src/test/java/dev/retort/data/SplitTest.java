package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;

class SplitTest {

    private final DataSet letter = DataSet.named("letter");
    private final Split train = letter.train();
    private final Split test = letter.test();

    @Test
    void takingFewerRowsTakesThoseOfTakingMore() {
        assertThat(train.take(100).ids()).isEqualTo(Arrays.copyOf(train.take(200).ids(), 100));
    }

    @Test
    void takingAllRowsTakesEachOnce() {
        assertThat(test.take(test.size()).ids()).containsExactlyInAnyOrder(test.ids());
    }

    @Test
    void sampleDependsOnItsSeedAlone() {
        assertThat(train.sample(50, 3).ids()).isEqualTo(train.sample(50, 3).ids()).isNotEqualTo(train.sample(50, 4).ids());
    }

    @Test
    void sampleHasEachClassInItsShare() {
        Split sample = DataSet.named("digits").train().sample(100, 5);

        int[] count = new int[10];
        Arrays.stream(sample.labels()).forEach(label -> count[label]++);

        assertThat(Arrays.stream(count).boxed()).hasSize(10).isSubsetOf(9, 10, 11);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4_001})
    void takingMoreThanThereIsOrNothingIsRefused(int n) {
        assertThatThrownBy(() -> test.take(n)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot take %,d rows of letter/test; it has 4,000".formatted(n));
    }

    @Test
    void idIsTheNumberInTheSource() {
        assertThat(test.id(0)).isEqualTo(16_000);
        assertThat(train.row(train.id(7)).label(0)).isEqualTo(train.label(7));
    }

    @Test
    void rowOfAnotherSplitIsRefusedAndFound() {
        int id = letter.validation().id(0);

        assertThatThrownBy(() -> test.row(id)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no row %d in letter/test; it is in letter/validation".formatted(id));
    }

    @Test
    void unknownRowIsRefusedWithTheRange() {
        assertThatThrownBy(() -> test.row(20_000)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no row 20000 in letter/test; letter has the ids 0 to 19999");
    }

    @Test
    void rowsKeepTheOrderOfTheSplit() {
        Split some = train.take(100);

        assertThat(some.rows(10, 20).ids()).isEqualTo(Arrays.copyOfRange(some.ids(), 10, 20));
        assertThatThrownBy(() -> some.rows(90, 101)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("it has 100");
    }

    @Test
    void whereKeepsTheRowsOfAClass() {
        Split somes = test.where(i -> test.labelName(i).equals("Q"));

        assertThat(somes.labels()).isNotEmpty().containsOnly(letter.classes().indexOf("Q"));
    }

    @Test
    void nameSaysHowItWasCut() {
        assertThat(train.take(100).rows(0, 5).name()).isEqualTo("letter/train.take(100).rows(0, 5)");
        assertThat(test.sample(10, 3)).hasToString("letter/test.sample(10, 3): 10 rows of (16), 26 classes");
    }

    @Test
    void validationBelongsToEveryPartOfTrain() {
        assertThat(train.take(10).validation()).containsSame(letter.validation());
        assertThat(letter.validation().validation()).isEmpty();
        assertThat(test.validation()).isEmpty();
    }

    @Test
    void idsAndLabelsCannotBeChangedFromOutside() {
        test.ids()[0] = -1;
        test.labels()[0] = -1;

        assertThat(test.id(0)).isEqualTo(16_000);
        assertThat(test.label(0)).isNotNegative();
    }

    @Test
    void featuresAreThoseOfTheSource() {
        Split first = train.row(train.id(0));

        assertThat(letter.train().id(0)).isZero();
        assertThat(first.features()).containsExactly(2, 8, 3, 5, 1, 8, 13, 0, 6, 6, 10, 8, 0, 8, 0, 8);
        assertThat(first.labelName(0)).isEqualTo("T");
    }

    @ParameterizedTest
    @ValueSource(strings = {"digits", "letter", "movie-reviews"})
    void featuresOfARowAreWrittenFromAnOffsetOn(String name) {
        Split some = DataSet.named(name).train().take(20);
        int width = some.width();
        float[] buffer = new float[width + 2];
        Arrays.fill(buffer, -1);

        some.features(13, buffer, 1);

        assertThat(Arrays.copyOfRange(buffer, 1, width + 1)).isEqualTo(some.features(13, 14))
                .isEqualTo(Arrays.copyOfRange(some.features(), 13 * width, 14 * width));
        assertThat(buffer).startsWith(-1).endsWith(-1);
    }

    @Test
    void pixelsAreUnsigned() {
        float[] pixels = DataSet.named("fashion-mnist").train().rows(0, 100).features();

        assertThat(pixels).contains(255).doesNotContain(-1);
    }

    @Test
    void tableOfATabularSplitNamesTheFeatures() {
        Table table = test.take(5).table();

        assertThat(table.columnNames()).hasSize(18).startsWith("row id", "label", "x_box", "y_box");
        assertThat(table.intColumn("row id").asList()).containsExactly(Arrays.stream(test.take(5).ids()).boxed().toArray(Integer[]::new));
        assertThat(table.floatColumn("x_box").get(3)).isEqualTo(test.take(5).features(3, 4)[0]);
    }

    @Test
    void tableOfTextsHasTheTexts() {
        Split reviews = DataSet.named("movie-reviews").test().take(3);

        Table table = reviews.table();

        assertThat(table.columnNames()).containsExactly("row id", "label", "text");
        assertThat(table.stringColumn("text").get(2)).isEqualTo(reviews.text(2).orElseThrow());
    }

    @Test
    void tableOfImagesHasIdAndLabel() {
        assertThat(DataSet.named("digits").test().table().columnNames()).containsExactly("row id", "label");
        assertThat(DataSet.named("digits").test().text(0)).isEmpty();
    }
}
