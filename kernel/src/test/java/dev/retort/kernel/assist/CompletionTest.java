package dev.retort.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.assist.Completion.Kind;
import dev.retort.kernel.assist.Completion.Match;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompletionTest {
    private Cells cells;

    @BeforeAll
    void start() throws Exception {
        cells = new Cells();
        cells.run("""
                int number = 3;
                var names = List.of("a", "b");
                int twice(int n) { return 2 * n; }
                class Point { int x; String label(int digits) { return ""; } }
                var point = new Point();
                enum Colour { RED, GREEN }""");
    }

    @AfterAll
    void close() {
        cells.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            names.str|                                              ~ stream()
            System.out.printl|                                      ~ println(
            "text".isBl|                                            ~ isBlank()
            int[] array = {1}; array.len|                           ~ length
            Point.cla|                                              ~ class
            Map.Ent|                                                ~ Entry
            names.forEach(System.out::printl|                       ~ println
            names.stream().map(s -> s.subst|).toList()              ~ substring(
            names.stream().filter(s -> { var n = s.length(); return s.isEm| ~ isEmpty()
            names.forEach((String each) -> eac|                     ~ each
            for (var each : names) { each.toChar|                   ~ toCharArray()
            try { } catch (IllegalStateException e) { e.getMess|    ~ getMessage()
            if (point instanceof Point p) { p.lab|                  ~ label(
            switch (Colour.RED) { case GRE|                         ~ GREEN
            Optional.of(names).get().toAr|                          ~ toArray(
            """)
    void membersOfTheExpressionBeforeTheDotComplete(String code, String expected) {
        assertThat(cells.texts(code)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "String fresh = \"\";\nfresh.|",
        "for (var fresh : names) {\n  fresh.|\n}",
        "String fresh = \"\";\nvoid later() {\n  fresh.|\n}\nint unfinished = ;",
        "record Box(String fresh) { }\nnew Box(\"\").fresh().|",
        "String fresh() { return \"\"; }\nfresh().|",
        "class Holder { void use() {\n  fresh.|\n}\nString fresh; }",
        "var fresh = names.get(0); // (\nfoo(1, fresh.|\nint below = 1;",
    })
    void whatTheSameCellDeclaresIsKnownBeforeItIsExecuted(String code) {
        assertThat(cells.texts(code)).contains("substring(", "isEmpty()");
    }

    @Test
    void memberComesWithItsKindAndSignature() {
        assertThat(cells.complete("point.|").matches()).startsWith(
                new Match("label(", Kind.FUNCTION, "String label(int digits)"), new Match("x", Kind.INSTANCE, "int x"));
        assertThat(cells.complete("\"\".substri|").matches()).containsExactly(new Match("substring(", Kind.FUNCTION,
                "String substring(int beginIndex)\nString substring(int beginIndex, int endIndex)"));
        assertThat(cells.complete("number|").matches()).first().isEqualTo(new Match("number", Kind.INSTANCE, "int number"));
        assertThat(cells.complete("java.util.concurr|").matches())
                .containsExactly(new Match("concurrent", Kind.MODULE, "package java.util.concurrent"));
        assertThat(cells.complete("LinkedHashM|").matches().get(0).kind()).isEqualTo(Kind.CLASS);
        assertThat(cells.complete("whil|").matches()).containsExactly(new Match("while", Kind.KEYWORD, ""));
    }

    @Test
    void membersOfEveryObjectComeLast() {
        List<String> texts = cells.texts("point.|");
        assertThat(texts.subList(0, 2)).containsExactlyInAnyOrder("x", "label(");
        assertThat(texts).contains("hashCode()", "wait(").noneMatch(text -> text.contains("$") || text.contains("<"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            String text = point.|            ~ label(
            int n = point.|                  ~ x
            Math.abs(point.|                 ~ x
            List<String> list = new Arr|     ~ ArrayList
            if (names.|                      ~ add(
            String f() { return point.|      ~ label(
            """)
    void whatFitsTheExpectedTypeComesFirst(String code, String expected) {
        assertThat(cells.texts(code)).startsWith(expected);
    }

    @Test
    void importedClassesComeByTheirSimpleNamesAndOthersByTheirQualifiedOnes() {
        assertThat(cells.texts("ArrayLis|")).containsExactly("ArrayList");
        assertThat(cells.texts("HttpCli|")).containsExactly("java.net.http.HttpClient");
        assertThat(cells.texts("import java.net.http.HttpCli|")).containsExactly("HttpClient");
        assertThat(cells.texts("import java.net.http.*;\nHttpCli|")).containsExactly("HttpClient");
    }

    @Test
    void importIsOfPackagesClassesAndStaticMembers() {
        assertThat(cells.texts("import java.ut|")).containsExactly("util");
        assertThat(cells.texts("import java.util.concurrent.atomic.AtomicBool|")).containsExactly("AtomicBoolean");
        assertThat(cells.texts("import static java.lang.Math.hypo|")).containsExactly("hypot");
    }

    @Test
    void fileNamesCompleteInStrings(@TempDir Path folder) throws Exception {
        Files.createFile(folder.resolve("data.csv"));
        Files.createDirectory(folder.resolve("days"));
        Files.createFile(folder.resolve(".hidden"));
        String path = folder.toString().replace('\\', '/');
        Completion completion = cells.complete("Path.of(\"" + path + "/|");
        assertThat(completion.matches()).containsExactly(new Match("data.csv", Kind.PATH, ""), new Match("days/", Kind.PATH, ""));
        assertThat(completion.start()).isEqualTo(("Path.of(\"" + path + "/").length());
        assertThat(cells.texts("Path.of(\"" + path + "/no/such/|")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"// names.|", "/* names.|", "/** names.|", "int fre|", "unknown.|", "1.|", "|}", ")|", "\"|"})
    void nothingMayStandHere(String code) {
        assertThat(cells.texts(code)).doesNotContain("stream()");
    }

    @Test
    void methodThatHasItsParenthesesKeepsThem() {
        assertThat(cells.texts("names.strea|()")).containsExactly("stream");
    }

    @Test
    void redeclaredVariableHasItsNewType() throws Exception {
        cells.run("int temporary = 1;");
        cells.run("String temporary = \"\";");
        assertThat(cells.complete("tempora|").matches()).containsExactly(new Match("temporary", Kind.INSTANCE, "String temporary"));
    }

    @Test
    void redeclaredClassHasItsNewMembersThoughItWasCompletedBefore() throws Exception {
        cells.run("class Fresh { int old; Fresh same() { return this; } }\nFresh fresh;");
        assertThat(cells.texts("fresh.same().ol|")).containsExactly("old");
        cells.run("class Fresh { int newer; Fresh same() { return this; } }\nFresh fresh;");
        assertThat(cells.texts("fresh.same().ol|")).isEmpty();
        assertThat(cells.texts("fresh.same().ne|")).containsExactly("newer");
    }

    @Test
    void replacesFromTheStartOfTheName() {
        assertThat(cells.complete("var s = \"😀\"; names.str|").start()).isEqualTo("var s = \"😀\"; names.".length());
    }
}
