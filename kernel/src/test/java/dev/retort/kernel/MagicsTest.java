package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagicsTest extends RunningKernel {

    @Test
    void unknownMagicNamesTheClosest() {
        assertThat(run("%mavn a:b:1").failure().message()).isEqualTo("no magic '%mavn'; did you mean '%maven'? %help lists them all");
        assertThat(run("%%loadFromPom\n<a/>").failure().message()).contains("'%%loadFromPOM'");
    }

    @Test
    void fileIsLoadedAsIfItStoodThere() throws Exception {
        Files.writeString(folder.resolve("script.jsh"), "int loaded = 41;\n\nint answer() { return loaded + 1; }");
        assertThat(run("%load " + folder.resolve("script") + "\nanswer()").shown()).containsExactly("result: 42");
        Files.writeString(folder.resolve("bad.jsh"), "int fine = 1;\nint bad = 1 / 0;");
        assertThat(run("%load " + folder.resolve("bad.jsh")).report()).contains("bad.jsh, line 2");
        Files.writeString(folder.resolve("book.ipynb"), """
                {"cells": [{"cell_type": "markdown", "source": "# no code"},
                           {"cell_type": "code", "source": ["int fromBook = 6;\\n", "fromBook++;"]}]}""");
        assertThat(run("%load " + folder.resolve("book.ipynb") + "\nfromBook").shown()).containsExactly("result: 7");
    }

    @Test
    void missingFilesAreNamed() {
        assertThat(run("%load nowhere").failure().message()).contains("no file 'nowhere' in /");
        assertThat(run("%jars nowhere/*.jar").failure().message()).contains("no file matches 'nowhere/*.jar'");
    }

    @Test
    void strangerIsNotTakenForAnother() {
        assertThat(run("%quantum").failure().message()).isEqualTo("no magic '%quantum'; %help lists them all");
    }

    @Test
    void helpListsEveryMagicAsATable() {
        assertThat(run("%help").shown().get(0)).contains("%maven ", "%jars ", "%classpath ", "%load ", "%%loadFromPOM", "<table>");
        assertThat(run("%help %time").shown().get(0)).startsWith("stdout: %time code\n    tells how long");
        assertThat(run("%help writefile").shown().get(0)).contains("%%writefile [-a] file").contains("also %%file");
        assertThat(run("%help %tim").failure().message()).contains("did you mean '%time'?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            %lsmagic        ~ (?s).*<table>.*%%writefile.*
            %whos           ~ (?s)display: .*aliased +int +5.*
            %hist -n 1      ~ stdout: \\[\\d+\\] %hist -n 1\\n
            %tb             ~ (?s)stdout: java.lang.IllegalStateException: thrown.* line 2.*
            %%file FOLDER/x ~ stdout: wrote .*/x\\n
            """)
    void magicGoesByItsOtherName(String magic, String shown) {
        run("int aliased = 5;\nthrow new IllegalStateException(\"thrown\");");
        assertThat(run(magic.replace("FOLDER", folder.toString())).shown()).singleElement().asString().matches(shown);
    }

    @Test
    void clearRemovesOutputs() {
        assertThat(run("%clear wait").shown()).containsExactly("clear: true");
    }

    @Test
    void timeTellsHowLongAndShowsTheValue() {
        assertThat(run("%time Thread.sleep(30);").shown().get(0)).matches("stdout: \\d\\d(\\.\\d)? ms, processor time \\d.*s\n");
        assertThat(run("%time 20 + 1").shown()).hasSize(2).last().isEqualTo("result: 21");
        assertThat(run("%%time\nint timed = 5;\ntimed + 1").shown()).last().isEqualTo("result: 6");
        assertThat(run("timed").shown()).containsExactly("result: 5");
        assertThat(run("%time").failure().message()).isEqualTo("write %time code");
    }

    @Test
    void errorOfTimedCodeIsReportedWhereItStands() {
        assertThat(run("int fine = 1;\n%time missing").report()).contains(", line 2", "   2 │       missing\n               ^^^^^^^");
        assertThat(run("%%time\nint a = 1;\nint b = a / 0;").report()).contains(", line 3", "→    3 │ int b = a / 0;");
    }

    @Test
    void timeitMeasuresExpressionsAndStatements() {
        assertThat(run("int n = 3;\n%timeit n * 7").shown().get(0)).matches("stdout: \\d.* [nµ]s a run \\(the middle half .*runs\\)\n");
        assertThat(run("%timeit Thread.sleep(20)").shown().get(0)).matches("stdout: 2\\d\\.\\d ms a run .* batches of 1 run\\)\n");
        assertThat(run("%%timeit int[] all = {3, 1, 2};\nint[] mine = all.clone();\nArrays.sort(mine);").shown().get(0)).contains("a run");
        assertThat(run("%timeit missing + 1").report()).contains("cannot find symbol");
        assertThat(run("%timeit 1 / (n - 3)").report()).startsWith("java.lang.ArithmeticException: / by zero").contains("│ 1 / (n - 3)");
    }

    @Test
    void timeitCanBeInterrupted() throws Exception {
        run("var started = new CountDownLatch(1);");
        assertThat(interrupted("%timeit started.countDown()").shown()).containsExactly("error: Interrupted: the cell was interrupted");
    }

    @Test
    void historyShowsTheCellsOfTheSession() {
        run("int remembered = 1;\nremembered + 1");
        run("remembered = 3;");
        assertThat(run("%history -n 2").shown().get(0)).matches("stdout: \\[\\d+] remembered = 3;\n\\[\\d+] %history -n 2\n");
        assertThat(run("%history int remembered").shown().get(0)).containsPattern("\\[\\d+] int remembered = 1;\n +remembered \\+ 1\n");
    }
}
