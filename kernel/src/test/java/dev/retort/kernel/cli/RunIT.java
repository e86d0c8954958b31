package dev.retort.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.cli.Launcher.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code ./retort run}, from the shell to the written notebook. */
class RunIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource
    void notebooks(Path notebook) throws Exception {
        Path executed = folder.resolve("executed.ipynb");
        Ended ended = new Launcher().with("RETORT_QUICK", "1").run("run", notebook.toString(), "--output", executed.toString());
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        assertThat(JSON.readTree(executed.toFile()).findValuesAsText("output_type")).isNotEmpty().doesNotContain("error");
    }

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Launcher.ROOT.resolve("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(".ipynb") && !file.toString().contains(".executed.")).sorted().toList();
        }
    }

    @Test
    void theCodeOfTheReadmeRuns() throws Exception {
        String readme = Files.readString(Launcher.ROOT.resolve("README.md"));
        String[] cells = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme).results()
                .map(block -> block.group(1)).toArray(String[]::new);
        Files.writeString(folder.resolve("penguins.csv"), penguins());
        Ended ended = new Launcher().run("run", notebook("readme.ipynb", cells).toString());
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        assertThat(cells).hasSizeGreaterThan(4);
        assertThat(folder.resolve("wide.retort")).exists();
    }

    private static String penguins() {
        StringBuilder csv = new StringBuilder("species,island,flipper_mm\n");
        for (int i = 0; i < 60; i++) {
            csv.append(i % 2 == 0 ? "Adelie,Dream," : "Gentoo,Biscoe,").append(i % 2 == 0 ? 180 + i % 7 : 210 + i % 11).append('\n');
        }
        return csv.toString();
    }

    @Test
    void cellsRunInTheNotebooksFolderAndPathsAreTheUsers() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("a folder"));
        Files.writeString(inner.resolve("beside.txt"), "found");
        notebook("a folder/x.ipynb", "Files.readString(Path.of(\"beside.txt\"))");
        Ended ended = new Launcher().in(folder).run("run", "--output", "out.ipynb", "a folder/x.ipynb");
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        assertThat(result(read("out.ipynb"), 0)).isEqualTo("found");
        assertThat(ended.out()).contains("[1/1] Files.readString", "✓", "wrote out.ipynb");
    }

    @Test
    void theExecutedNotebookLiesBesideTheSource() throws Exception {
        Path source = notebook("x.ipynb", "1 + 1");
        String before = Files.readString(source);
        assertThat(new Launcher().run("run", source.toString()).status()).isZero();
        assertThat(result(read("x.executed.ipynb"), 0)).isEqualTo("2");
        assertThat(source).hasContent(before);
    }

    @Test
    void inplaceWritesOverTheSource() throws Exception {
        Path source = notebook("x.ipynb", "1 + 1");
        assertThat(new Launcher().run("run", "--inplace", source.toString()).status()).isZero();
        assertThat(result(read("x.ipynb"), 0)).isEqualTo("2");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(source));
    }

    @Test
    void aFailingCellIsShownWithItsLineAndEndsTheRun() throws Exception {
        Ended ended = new Launcher().run("run", "--inplace", notebook("x.ipynb", "int zero = 0;", "// divide\n1 / zero", "3").toString());
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).contains("[2/3]", "✗", "cell 2, line 2", "1 / zero");
        JsonNode written = read("x.ipynb");
        assertThat(written.at("/cells/0/execution_count").intValue()).isEqualTo(1);
        assertThat(written.at("/cells/1/outputs/0/output_type").textValue()).isEqualTo("error");
        assertThat(written.at("/cells/2/execution_count").isNull()).isTrue();
    }

    @Test
    void keepGoingRunsTheCellsAfterAFailure() throws Exception {
        Ended ended = new Launcher().run("run", "--keep-going", "--inplace", notebook("x.ipynb", "nonsense", "3").toString());
        assertThat(ended.status()).isEqualTo(1);
        assertThat(result(read("x.ipynb"), 1)).isEqualTo("3");
    }

    @Test
    void malformedAndMissingNotebooksAreOneLineAndWriteNothing() throws Exception {
        Path malformed = Files.writeString(folder.resolve("x.ipynb"), "{");
        Ended ended = new Launcher().run("run", "--inplace", malformed.toString());
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).hasLineCount(1).contains("is not a notebook");
        assertThat(malformed).hasContent("{");

        ended = new Launcher().run("run", folder.resolve("y.ipynb").toString());
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).hasLineCount(1).contains("there is no notebook");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(malformed));
    }

    @Test
    void ctrlCStopsTheCellAndWritesWhatRan() throws Exception {
        // The cell tells on the process's own standard error that it runs.
        Path source = notebook("x.ipynb", "40 + 2", """
            System.out.println("shown");
            new FileOutputStream(FileDescriptor.err).write('!');
            while (true) {}""", "3");
        Process process = new Launcher().start("run", "--inplace", source.toString());
        assertThat(process.getErrorStream().read()).isEqualTo('!');
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        Ended ended = Launcher.ended(process);
        assertThat(ended.status()).isEqualTo(130);
        JsonNode written = read("x.ipynb");
        assertThat(result(written, 0)).isEqualTo("42");
        assertThat(written.at("/cells/1/outputs/0/text/0").textValue()).isEqualTo("shown\n");
        assertThat(written.at("/cells/2/execution_count").isNull()).isTrue();
    }

    private Path notebook(String name, String... cells) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
        root.putObject("metadata");
        ArrayNode list = root.putArray("cells");
        for (String source : cells) {
            ObjectNode cell = list.addObject().put("cell_type", "code").put("id", "cell-" + list.size()).put("source", source);
            cell.putObject("metadata");
        }
        return Files.writeString(folder.resolve(name), root.toString());
    }

    private JsonNode read(String name) throws IOException {
        return JSON.readTree(folder.resolve(name).toFile());
    }

    private static String result(JsonNode notebook, int cell) {
        return notebook.at("/cells/" + cell + "/outputs/0/data/text~1plain/0").asText();
    }
}
