package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFileTest {

    @TempDir
    Path folder;

    @Test
    void fileIsNamedAndTypedByItsContent() throws IOException {
        StringBuilder rows = new StringBuilder("length,colour,species\n");
        for (int row = 0; row < 40; row++) {
            rows.append(row * 0.5).append(row % 4 == 0 ? ",white," : ",blue,").append(row % 2 == 0 ? "rose\n" : "iris\n");
        }

        DataSet data = DataSet.csv(write("flowers.csv", rows.toString()), "species");

        assertThat(data).hasToString("flowers: 28 train, 6 validation and 6 test rows of (3), 2 classes");
        assertThat(data.classes()).containsExactly("iris", "rose");
    }

    @Test
    void missingFileNamesThoseThatExist() throws IOException {
        write("flowers.csv", "a\n1\n");
        write("trees.csv", "a\n1\n");

        assertThatThrownBy(() -> DataSet.csv(folder.resolve("flower.csv"), "species")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no file '%s'".formatted(folder.resolve("flower.csv")))
                .hasMessageContaining("has 2 CSV files: flowers.csv, trees.csv");
    }

    @Test
    void missingFolderIsSaid() {
        assertThatThrownBy(() -> DataSet.csv(folder.resolve("data/flower.csv"), "species")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no folder '%s' either".formatted(folder.resolve("data")));
    }

    @Test
    void wrongSeparatorShowsInTheColumns() throws IOException {
        Path file = write("flowers.csv", "length;species\n1;rose\n");

        assertThatThrownBy(() -> DataSet.csv(file, "species")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no column 'species' in 'flowers'; there are length;species");
    }

    @ParameterizedTest
    @CsvSource({
        "empty,             ''",
        "headers only,      'length,species\n'",
        "twice the same,    'length,length,species\n1,2,rose\n'",
        "too many cells,    'length,species\n1,rose,2\n'",
        "too few cells,     'length,species\n1\n'"})
    void malformedFileIsNamed(String what, String content) throws IOException {
        Path file = write(what + ".csv", content);

        assertThatThrownBy(() -> DataSet.csv(file, "species")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot read '%s' as CSV".formatted(file));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
