package dev.retort.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void aloneItExplainsItself() {
        assertThat(execute()).isZero();
        assertThat(out.toString()).contains("Usage: retort", "run", "install", "uninstall", "Examples:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "install", "uninstall"})
    void everyCommandExplainsItself(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: retort " + command);
    }

    @Test
    void theVersionNamesTheJava() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).contains("retort ", "on Java " + System.getProperty("java.version"));
    }

    @Test
    void misspeltOptionsAreOneErrorAndAHint() {
        assertThat(execute("run", "x.ipynb", "--keepgoing")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("retort: Unknown option: '--keepgoing'%nSee «retort run --help».%n".formatted());
    }

    @Test
    void outputAndInplaceExcludeEachOther() {
        assertThat(execute("run", "x.ipynb", "--inplace", "--output", "y.ipynb")).isEqualTo(2);
        assertThat(err.toString()).contains("--output", "--inplace", "mutually exclusive");
    }

    @Test
    void aMissingNotebookIsOneLine() {
        assertThat(execute("run", "nowhere.ipynb")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("retort: there is no notebook 'nowhere.ipynb'%n".formatted());
    }

    @Test
    void aFolderIsNoNotebook() {
        assertThat(execute("run", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("cannot read '" + folder + "'");
    }

    @Test
    void aMalformedNotebookIsOneLineAndStaysAsItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("x.ipynb"), "{ not JSON");
        assertThat(execute("run", "--inplace", file.toString())).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).startsWith("retort: '" + file + "' is not a notebook: it is not JSON: line 1:");
        assertThat(file).hasContent("{ not JSON");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void aNotebookInAnotherLanguageIsRefused() throws IOException {
        Path file = empty("python");
        assertThat(execute("run", file.toString())).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("retort: '%s' is written in python; Retort runs Java%n".formatted(file));
    }

    @Test
    void aTargetThatCannotBeWrittenIsFoundBeforeTheRun() throws IOException {
        Path file = empty("java");
        assertThat(execute("run", file.toString(), "--output", folder.resolve("no/such.ipynb").toString())).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("cannot write", "there is no folder '" + folder.resolve("no") + "'");
    }

    private Path empty(String language) throws IOException {
        return Files.writeString(folder.resolve("x.ipynb"), """
            {"cells": [], "metadata": {"kernelspec": {"language": "%s"}}, "nbformat": 4, "nbformat_minor": 5}""".formatted(language));
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
