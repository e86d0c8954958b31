package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetTest {

    @ParameterizedTest
    @CsvSource({
        "digits,         1257,  270,   270",
        "fashion-mnist, 55000, 5000, 10000",
        "letter,        14000, 2000,  4000",
        "movie-reviews,  7398, 1585,  1585"})
    void splitsAreDisjointAndCoverAllRows(String name, int train, int validation, int test) {
        DataSet data = DataSet.named(name);

        assertThat(data.train().size()).isEqualTo(train);
        assertThat(data.validation().size()).isEqualTo(validation);
        assertThat(data.test().size()).isEqualTo(test);
        assertThat(Stream.of(data.train(), data.validation(), data.test()).map(Split::ids).flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, train + validation + test).toArray());
    }

    @ParameterizedTest
    @CsvSource({"fashion-mnist, 60000", "letter, 16000"})
    void officialTestIsTheTest(String name, int from) {
        Split test = DataSet.named(name).test();

        assertThat(test.ids()).isEqualTo(IntStream.range(from, from + test.size()).toArray());
    }

    @Test
    void validationOfFashionHasAsManyOfEachClass() {
        int[] count = new int[10];
        IntStream.of(DataSet.named("fashion-mnist").validation().labels()).forEach(label -> count[label]++);

        assertThat(count).containsOnly(500);
    }

    /** Targets that a teacher gave to a row on one machine must belong to the same row on another. */
    @ParameterizedTest
    @CsvSource({
        "digits,        ecb1e0093bb46e8be0612bb65d58c2973d66c799be175521db6522ae2eaa662f, -1171892253",
        "fashion-mnist, 8f4c5d3ed94441c07df138a5831d1e5911ed393208eed6297354ce447931dce6, 312088320",
        "letter,        983807ef25001c9956389f3c253ead611f962d1f3b2ece6ad9b7e24499cbeb1a, 1264000917",
        "movie-reviews, e81261982f2a8fc24c4e0b6059a7afe9694390e8d6215117cee402c5881a6ac3, -288149262"})
    void contentAndSplitsAreTheSameOnEveryMachine(String name, String fingerprint, int hashOfIds) {
        DataSet data = DataSet.named(name);

        assertThat(data.fingerprint()).isEqualTo(fingerprint);
        assertThat(Arrays.hashCode(data.train().take(1_000).ids())).isEqualTo(hashOfIds);
    }

    @Test
    void dataIsReadOnce() {
        assertThat(DataSet.named("letter")).isSameAs(DataSet.named("letter"));
    }

    @Test
    void wrongNameNamesThoseThatExist() {
        assertThatThrownBy(() -> DataSet.named("digit")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no data set 'digit'; there are digits, fashion-mnist, letter, movie-reviews");
    }

    @Test
    void imagesAndTablesHaveTheirShapes() {
        assertThat(DataSet.named("digits").rowShape()).isEqualTo(new Shape(1, 8, 8));
        assertThat(DataSet.named("fashion-mnist").rowShape()).isEqualTo(new Shape(1, 28, 28));
        assertThat(DataSet.named("letter").rowShape()).isEqualTo(new Shape(16));
        assertThat(DataSet.named("movie-reviews").rowShape()).isEqualTo(new Shape(2048));
    }

    @ParameterizedTest
    @ValueSource(strings = {"digits", "fashion-mnist", "letter", "movie-reviews"})
    void cardSaysSourceAndLicence(String name) {
        assertThat(DataSet.named(name).card()).contains("Source:", "https://", "Licence:");
    }

    @Test
    void showsItsSizeAndShape() {
        assertThat(DataSet.named("letter"))
                .hasToString("letter: 14,000 train, 2,000 validation and 4,000 test rows of (16), 26 classes");
    }
}
