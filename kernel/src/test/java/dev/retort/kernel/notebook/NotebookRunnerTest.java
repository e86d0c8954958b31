package dev.retort.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.CellFailure;
import dev.retort.kernel.Home;
import dev.retort.kernel.Kernel;
import dev.retort.kernel.Outputs;
import dev.retort.kernel.notebook.NotebookRunner.Outcome;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookRunnerTest {
    @TempDir
    private Path folder;
    private Kernel kernel;
    private final Log log = new Log();

    @BeforeEach
    void startKernel() throws IOException {
        Files.createDirectory(folder.resolve("cells"));
        kernel = Kernel.start(new Home(folder));
    }

    @AfterEach
    void closeKernel() {
        kernel.close();
    }

    @Test
    void cellsRunInOrderAndKeepWhatTheyShow() throws IOException {
        Notebook notebook = notebook(code("int x = 20;"), code("System.out.println(\"hi\");\n2 * x + 2"));
        assertThat(run(notebook, false)).isEqualTo(Outcome.PASSED);
        assertThat(cell(notebook, 0).path("execution_count").intValue()).isEqualTo(1);
        assertThat(cell(notebook, 1).path("execution_count").intValue()).isEqualTo(2);
        assertThat(cell(notebook, 1).at("/outputs/0/text/0").textValue()).isEqualTo("hi\n");
        assertThat(cell(notebook, 1).at("/outputs/1/data/text~1plain/0").textValue()).isEqualTo("42");
        assertThat(log.lines).containsExactly("1/2 int x = 20;", "passed", "2/2 System.out.println(\"hi\");", "passed");
    }

    @Test
    void runningAnExecutedNotebookAgainChangesNothing() throws IOException {
        Notebook notebook = notebook(code("var id = display(\"a\");"), code("updateDisplay(id, \"b\");\nSystem.out.println(1);\nid.length()"));
        run(notebook, false);
        String once = notebook.toJson();
        kernel.close();
        kernel = Kernel.start(new Home(folder));
        Notebook again = Notebook.parse(once);
        run(again, false);
        assertThat(again.toJson()).isEqualTo(once);
    }

    @Test
    void aFailureEndsTheRunAndEmptiesWhatDidNotRun() throws IOException {
        ObjectNode stale = code("1");
        stale.put("execution_count", 9).withArray("outputs").addObject().put("output_type", "stream").put("name", "stdout").put("text", "old");
        Notebook notebook = notebook(code("int zero = 0;\n1 / zero"), stale);
        assertThat(run(notebook, false)).isEqualTo(Outcome.FAILED);
        assertThat(cell(notebook, 0).at("/outputs/0/ename").textValue()).isEqualTo("java.lang.ArithmeticException");
        assertThat(cell(notebook, 1).path("execution_count").isNull()).isTrue();
        assertThat(cell(notebook, 1).path("outputs")).isEmpty();
    }

    @Test
    void keepGoingRunsTheCellsAfterAFailure() throws IOException {
        Notebook notebook = notebook(code("throw new Exception(\"x\");"), code("7"));
        assertThat(run(notebook, true)).isEqualTo(Outcome.FAILED);
        assertThat(cell(notebook, 1).at("/outputs/0/data/text~1plain/0").textValue()).isEqualTo("7");
    }

    @Test
    void aCellMeantToRaiseIsNoFailure() throws IOException {
        Notebook notebook = notebook(tagged("throw new Exception(\"x\");", "raises-exception"), code("7"));
        assertThat(run(notebook, false)).isEqualTo(Outcome.PASSED);
        assertThat(cell(notebook, 0).at("/outputs/0/output_type").textValue()).isEqualTo("error");
        assertThat(cell(notebook, 1).path("execution_count").intValue()).isEqualTo(2);
    }

    @Test
    void skippedAndBlankCellsAndTextDoNotRun() throws IOException {
        ObjectNode skipped = tagged("throw new Exception();", "skip-execution").put("execution_count", 5);
        Notebook notebook = notebook(skipped, code("  \n"), text(), code("1"));
        assertThat(run(notebook, false)).isEqualTo(Outcome.PASSED);
        assertThat(cell(notebook, 0).path("execution_count").intValue()).isEqualTo(5);
        assertThat(cell(notebook, 1).path("execution_count").isNull()).isTrue();
        assertThat(cell(notebook, 2)).isEqualTo(text());
        assertThat(cell(notebook, 3).path("execution_count").intValue()).isEqualTo(1);
    }

    @Test
    void anInterruptStopsTheRunningCellAndKeepsWhatItShowed() throws IOException {
        Notebook notebook = notebook(code("System.out.println(\"started\");\nwhile (true) {}"), code("1"));
        NotebookRunner runner = new NotebookRunner(kernel, log);
        log.onOutput = runner::interrupt;
        assertThat(runner.run(notebook, true)).isEqualTo(Outcome.INTERRUPTED);
        assertThat(cell(notebook, 0).at("/outputs/0/text/0").textValue()).isEqualTo("started\n");
        assertThat(cell(notebook, 1).path("execution_count").isNull()).isTrue();
    }

    private Outcome run(Notebook notebook, boolean keepGoing) {
        return new NotebookRunner(kernel, log).run(notebook, keepGoing);
    }

    private static Notebook notebook(ObjectNode... cells) throws IOException {
        ObjectNode root = NotebookJson.MAPPER.createObjectNode();
        ArrayNode list = root.putArray("cells");
        for (ObjectNode cell : cells) {
            list.add(cell.deepCopy());
        }
        root.put("nbformat", 4).put("nbformat_minor", 5).putObject("metadata");
        return Notebook.parse(root.toString());
    }

    private static ObjectNode code(String source) {
        ObjectNode cell = NotebookJson.MAPPER.createObjectNode();
        cell.put("cell_type", "code").put("id", Integer.toHexString(source.hashCode())).put("source", source).putObject("metadata");
        return cell;
    }

    private static ObjectNode tagged(String source, String tag) {
        ObjectNode cell = code(source);
        cell.withObject("/metadata").putArray("tags").add(tag);
        return cell;
    }

    private static ObjectNode text() {
        return code("some words").put("cell_type", "markdown");
    }

    private static JsonNode cell(Notebook notebook, int index) throws IOException {
        return NotebookJson.MAPPER.readTree(notebook.toJson()).path("cells").path(index);
    }

    /** Notes the progress, and does something when a cell shows something. */
    private static final class Log implements Progress {
        private final List<String> lines = new ArrayList<>();
        private Runnable onOutput = () -> { };

        @Override
        public Outputs started(int number, int total, Cell cell) {
            lines.add(number + "/" + total + " " + cell.title());
            return (Outputs) Proxy.newProxyInstance(Log.class.getClassLoader(), new Class<?>[] {Outputs.class}, (self, method, arguments) -> {
                onOutput.run();
                return null;
            });
        }

        @Override
        public void ended(CellFailure failure) {
            lines.add(failure == null ? "passed" : failure.name());
        }
    }
}
