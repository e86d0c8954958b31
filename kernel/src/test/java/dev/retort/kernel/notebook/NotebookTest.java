package dev.retort.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotebookTest {
    /** As nbformat writes it, with fields that we do not know and an order that is not the alphabet's. */
    private static final String FOREIGN = """
        {
         "zebra": [],
         "cells": [
          {
           "source": [
            "int x = 1;\\n",
            "x\\u001b — ü"
           ],
           "cell_type": "code",
           "id": "first",
           "unknown": {
            "deep": 1.50
           },
           "execution_count": 7,
           "outputs": [],
           "metadata": {}
          },
          {
           "cell_type": "markdown",
           "id": "second",
           "metadata": {
            "tags": []
           },
           "source": "# Title"
          }
         ],
         "metadata": {},
         "nbformat": 4,
         "nbformat_minor": 5
        }
        """;

    @TempDir
    private Path folder;

    @Test
    void whatIsNotTouchedIsWrittenAsItWasRead() throws IOException {
        assertThat(Notebook.parse(FOREIGN).toJson()).isEqualTo(FOREIGN);
    }

    @Test
    void newFieldsGoToTheirAlphabeticalPlace() throws IOException {
        Notebook notebook = Notebook.parse("""
            {"cells": [{"cell_type": "code", "metadata": {}, "source": "1"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""");
        notebook.cells().get(0).clear();
        JsonNode cell = NotebookJson.MAPPER.readTree(notebook.toJson()).at("/cells/0");
        assertThat(cell.fieldNames()).toIterable()
            .containsExactly("cell_type", "execution_count", "id", "metadata", "outputs", "source");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4"})
    void notebooksWithoutIdsGetThem(int minor) throws IOException {
        Notebook notebook = Notebook.parse("""
            {"cells": [{"cell_type": "raw", "metadata": {}, "source": ["a"]}, {"cell_type": "raw", "metadata": {}, "source": ["b"]}],
             "metadata": {}, "nbformat": 4, "nbformat_minor": %d}""".formatted(minor));
        JsonNode written = NotebookJson.MAPPER.readTree(notebook.toJson());
        assertThat(written.path("nbformat_minor").intValue()).isEqualTo(5);
        assertThat(written.findValuesAsText("id")).hasSize(2).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{8}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{                                                                                  | it is not JSON: line 1",
        "[]                                                                                 | the file is not a JSON object",
        "{}                                                                                 | it does not say its nbformat",
        "{'nbformat': 3, 'nbformat_minor': 0}                                               | it is of nbformat 3, Retort reads nbformat 4",
        "{'nbformat': 4, 'nbformat_minor': 5}                                               | metadata is not a JSON object",
        "{'nbformat': 4, 'nbformat_minor': 5, 'metadata': {}}                               | it has no list of cells",
        "{'nbformat': 4, 'nbformat_minor': 5, 'metadata': {}, 'cells': [1]}                 | cells[0] is not a JSON object",
        "{'nbformat': 4, 'nbformat_minor': 5, 'metadata': {}, 'cells': [{}]}                | cells[0] is neither code nor markdown nor raw",
        "{'nbformat': 4, 'nbformat_minor': 5, 'metadata': {}, 'cells': [{'cell_type':'raw'}]} | cells[0] has no source",
    }, quoteCharacter = '`')
    void malformedFilesAreRefusedInOneLine(String text, String reason) {
        assertThatThrownBy(() -> Notebook.parse(text.replace('\'', '"')))
            .isInstanceOf(MalformedNotebookException.class)
            .hasMessageStartingWith(reason)
            .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void bytesThatAreNotTextAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("x.ipynb"), new byte[] {(byte) 0xff, 0x00});
        assertThatThrownBy(() -> Notebook.read(file)).isInstanceOf(MalformedNotebookException.class).hasMessage("it is not UTF-8 text");
    }

    @Test
    void writingGoesThroughASymbolicLinkKeepsPermissionsAndLeavesNothingBeside() throws IOException {
        Path file = Files.writeString(folder.resolve("x.ipynb"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.ipynb"), file);

        Notebook.parse(FOREIGN).write(link);

        assertThat(file).hasContent(FOREIGN);
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".tmp"));
    }

    @ParameterizedTest
    @CsvSource({
        "{}, ''",
        "'{\"kernelspec\": {\"language\": \"java\"}}', java",
        "'{\"kernelspec\": {\"language\": \"java\"}, \"language_info\": {\"name\": \"Python\"}}', python"
    })
    void theLanguageIsTheOneOfTheMetadata(String metadata, String language) throws IOException {
        assertThat(Notebook.parse("{\"cells\": [], \"metadata\": " + metadata + ", \"nbformat\": 4, \"nbformat_minor\": 5}").language())
            .isEqualTo(language);
    }
}
