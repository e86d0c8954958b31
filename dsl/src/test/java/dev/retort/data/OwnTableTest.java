package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

class OwnTableTest {

    private static final int ROWS = 40;

    @Test
    void numbersBooleansAndCategoriesBecomeFeatures() {
        DataSet data = DataSet.of(flowers(
                BooleanColumn.create("wild", flags()),
                StringColumn.create("colour", IntStream.range(0, ROWS).mapToObj(row -> row % 4 == 0 ? "white" : "blue"))), "species");

        Split first = row(data, 0);
        assertThat(first.table().columnNames())
                .containsExactly("row id", "label", "length", "wild", "colour=blue", "colour=white");
        assertThat(first.features()).containsExactly(0, 1, 0, 1);
        assertThat(row(data, 3).features()).containsExactly(1.5f, 0, 1, 0);
    }

    @Test
    void tableIsSplitSeventyFifteenFifteen() {
        DataSet data = DataSet.of(flowers(), "species");

        assertThat(data).hasToString("flowers: 28 train, 6 validation and 6 test rows of (1), 2 classes");
        assertThat(data.card()).contains("flowers", "species: iris, rose", "length");
    }

    @Test
    void numericClassesAreInTheOrderOfTheirValues() {
        Table table = flowers(IntColumn.create("petals", IntStream.range(0, ROWS).map(row -> row % 2 == 0 ? 10 : 9)));

        assertThat(DataSet.of(table, "petals").classes()).containsExactly("9", "10");
    }

    @Test
    void changingTheTableLaterChangesNothing() {
        Table table = flowers();
        DataSet data = DataSet.of(table, "species");

        table.doubleColumn("length").set(0, 99);

        assertThat(row(data, 0).features()).containsExactly(0);
    }

    @Test
    void sameContentHasTheSameFingerprint() {
        Table other = flowers();
        other.doubleColumn("length").set(5, 99);

        String fingerprint = DataSet.of(flowers(), "species").fingerprint();

        assertThat(fingerprint).matches("[0-9a-f]{64}");
        assertThat(DataSet.of(flowers().setName("renamed"), "species").fingerprint()).isEqualTo(fingerprint);
        assertThat(DataSet.of(other, "species").fingerprint()).isNotEqualTo(fingerprint);
    }

    @Test
    void wrongLabelNamesTheColumns() {
        assertRefused(flowers(), "specie").hasMessage("no column 'specie' in 'flowers'; there are length, species");
    }

    @Test
    void noRowsAreRefused() {
        assertRefused(flowers().emptyCopy(), "species").hasMessage("'flowers' has no rows");
    }

    @Test
    void noFeaturesAreRefused() {
        assertRefused(flowers().selectColumns("species"), "species").hasMessageContaining("no column beside the label 'species'");
    }

    @Test
    void oneClassIsRefused() {
        assertRefused(flowers(StringColumn.create("kind", IntStream.range(0, ROWS).mapToObj(row -> "plant"))), "kind")
                .hasMessageContaining("'kind' has one class, 'plant'");
    }

    @Test
    void classWithTooFewRowsIsNamed() {
        assertRefused(flowers(StringColumn.create("kind", IntStream.range(0, ROWS).mapToObj(row -> row < 3 ? "rare" : "common"))), "kind")
                .hasMessageContaining("class 'rare' in column 'kind': 3, but at least 10");
    }

    @Test
    void missingAndInfiniteFeaturesAreCountedAndThePlaceIsGiven() {
        Table missing = flowers();
        missing.doubleColumn("length").setMissing(3);
        missing.doubleColumn("length").set(17, Double.POSITIVE_INFINITY);

        assertRefused(missing, "species").hasMessageContaining("column 'length' of 'flowers' has a missing or infinite value")
                .hasMessageContaining("2 of 40 rows, the first is row 3")
                .hasMessageContaining("dropRowsWithMissingValues");
    }

    @Test
    void missingWholeNumbersFlagsStringsAndLabelsAreRefused() {
        assertRefused(flowers(IntColumn.create("n", ROWS).setMissing(0)), "species").hasMessageContaining("column 'n'");
        assertRefused(flowers(BooleanColumn.create("wild", flags()).setMissing(1)), "species").hasMessageContaining("column 'wild'");
        assertRefused(flowers(StringColumn.create("colour", ROWS)), "species").hasMessageContaining("column 'colour'");
        Table unlabelled = flowers();
        unlabelled.stringColumn("species").setMissing(8);
        assertRefused(unlabelled, "species").hasMessageContaining("no label in 1 of 40 rows, the first is row 8");
    }

    @Test
    void tooManyDifferentStringsAreRefused() {
        Table names = flowers().append(flowers());
        names.addColumns(StringColumn.create("name", IntStream.range(0, names.rowCount()).mapToObj(row -> "flower " + row)));

        assertRefused(names, "species").hasMessageContaining("column 'name' of 'flowers' has 80 different strings")
                .hasMessageContaining("table.removeColumns(\"name\")");
    }

    @Test
    void datesAreNoFeatures() {
        LocalDate day = LocalDate.of(2024, 5, 1);
        assertRefused(flowers(DateColumn.create("picked", IntStream.range(0, ROWS).mapToObj(day::plusDays))), "species")
                .hasMessageContaining("column 'picked' of 'flowers' holds LOCAL_DATE values");
    }

    @Test
    void featureNamedLikeAColumnOfTheSplitsTableIsRefused() {
        assertRefused(flowers(DoubleColumn.create("Label", new double[ROWS])), "species").hasMessageContaining("feature name 'Label'");
    }

    /** Forty flowers of two species, alternating, each half a unit longer than the one before. */
    private static Table flowers(Column<?>... more) {
        return Table.create("flowers",
                DoubleColumn.create("length", IntStream.range(0, ROWS).mapToDouble(row -> row * 0.5)),
                StringColumn.create("species", IntStream.range(0, ROWS).mapToObj(row -> row % 2 == 0 ? "rose" : "iris")))
                .addColumns(more);
    }

    private static Boolean[] flags() {
        return IntStream.range(0, ROWS).mapToObj(row -> row < 2).toArray(Boolean[]::new);
    }

    private static Split row(DataSet data, int id) {
        return Arrays.stream(new Split[] {data.train(), data.validation(), data.test()})
                .filter(split -> IntStream.of(split.ids()).anyMatch(own -> own == id))
                .findFirst().orElseThrow().row(id);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Table table, String label) {
        return assertThatThrownBy(() -> DataSet.of(table, label)).isInstanceOf(IllegalArgumentException.class);
    }
}
