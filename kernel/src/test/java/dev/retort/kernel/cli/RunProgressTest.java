package dev.retort.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.CellFailure;
import dev.retort.kernel.Outputs;
import dev.retort.kernel.notebook.Cell;
import dev.retort.kernel.notebook.Notebook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunProgressTest {
    private static final CellFailure FAILURE = new CellFailure("E", "why", List.of("\u001b[31mE\u001b[0m: why", "  cell 1, line 2"));

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Cell cell;

    @BeforeEach
    void readCell() throws IOException {
        Path file = Files.writeString(folder.resolve("x.ipynb"), """
            {"cells": [{"cell_type": "code", "metadata": {}, "source": "\\n  var run = distill(teacher);\\nrun"}],
             "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""");
        cell = Notebook.read(file).cells().get(0);
    }

    @Test
    void inAFileACellIsALineAndTheEndOfItsText() {
        try (RunProgress progress = new RunProgress(terminal(0, false))) {
            Outputs outputs = progress.started(1, 2, cell);
            outputs.stream("stdout", "10 %\r20 %\r100 %\n");
            outputs.result(1, new DisplayData("result"));
            progress.ended(null);
        }
        assertThat(shown()).matches("""
            \\[1/2] var run = distill\\(teacher\\); +\\d+\\.\\d s ✓
                100 %
                result
            """);
    }

    @Test
    void aFailureIsShownInFullWithoutColoursWhereThereAreNone() {
        try (RunProgress progress = new RunProgress(terminal(0, false))) {
            progress.started(1, 1, cell);
            progress.ended(FAILURE);
        }
        assertThat(shown()).endsWith(" s ✗\nE: why\n  cell 1, line 2\n");
    }

    @Test
    void coloursOfAFailureStayOnATerminal() {
        try (RunProgress progress = new RunProgress(terminal(80, true))) {
            progress.started(1, 1, cell);
            progress.ended(FAILURE);
        }
        assertThat(shown()).contains("\u001b[31m✗", "\u001b[31mE\u001b[0m: why");
    }

    @Test
    void longTextShowsItsEnd() {
        try (RunProgress progress = new RunProgress(terminal(0, false))) {
            Outputs outputs = progress.started(1, 1, cell);
            IntStream.rangeClosed(1, 100_000).forEach(line -> outputs.stream("stdout", "line " + line + "\n"));
            progress.ended(null);
        }
        assertThat(shown().lines()).hasSize(17).element(1).isEqualTo("    ⋮");
        assertThat(shown()).endsWith("    line 99999\n    line 100000\n");
    }

    @Test
    void anUpdatedDisplayIsShownAsItIsNow() {
        try (RunProgress progress = new RunProgress(terminal(0, false))) {
            Outputs outputs = progress.started(1, 1, cell);
            outputs.display(panel("epoch 1"));
            outputs.stream("stdout", "beside\n");
            outputs.update(panel("epoch 2"));
            progress.ended(null);
        }
        assertThat(shown()).doesNotContain("epoch 1").endsWith("    epoch 2\n    beside\n");
    }

    @Test
    void clearedTextIsGone() {
        try (RunProgress progress = new RunProgress(terminal(0, false))) {
            Outputs outputs = progress.started(1, 1, cell);
            outputs.stream("stdout", "before\n");
            outputs.clear(true);
            outputs.stream("stdout", "after\n");
            progress.ended(null);
        }
        assertThat(shown()).doesNotContain("before").contains("after");
    }

    @Test
    void onATerminalALineIsDrawnAgainInItsPlace() {
        try (RunProgress progress = new RunProgress(terminal(40, false))) {
            Outputs outputs = progress.started(1, 1, cell);
            outputs.stream("stdout", "a line that does not fit into forty columns\n");
            progress.ended(null);
        }
        List<String> frames = List.of(shown().split("(?=\u001b\\[\\?7l)"));
        assertThat(frames).hasSizeGreaterThanOrEqualTo(2).allMatch(frame -> frame.startsWith("\u001b[?7l\r") && frame.contains("[1/1]"));
        assertThat(frames.get(0)).contains("var run = disti…");
        assertThat(frames.get(frames.size() - 1))
            .endsWith("✓\n    a line that does not fit into forty\n    columns\r\u001b[2A\u001b[?7h\n\n\n");
    }

    @Test
    void timesAreReadable() {
        assertThat(RunProgress.readable(Duration.ofMillis(40))).isEqualTo("0.0 s");
        assertThat(RunProgress.readable(Duration.ofMillis(99_940))).isEqualTo("99.9 s");
        assertThat(RunProgress.readable(Duration.ofSeconds(151))).isEqualTo("2 min 31 s");
    }

    private Terminal terminal(int columns, boolean colour) {
        return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), columns, colour);
    }

    private static DisplayData panel(String text) {
        DisplayData data = new DisplayData(text);
        data.setDisplayId("panel");
        return data;
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
