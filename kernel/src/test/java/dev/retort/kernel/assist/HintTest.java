package dev.retort.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.retort.kernel.session.CellException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rejected cell is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HintTest {
    private Cells cells;

    @BeforeAll
    void start() throws Exception {
        cells = new Cells();
        cells.run("""
                int count = 1;
                String text = "";
                Object object = text;
                List<String> names = List.of();
                int[] array = {1};
                int twice(int n) { return n; }
                class Point { int x; String label(int digits) { return ""; } }
                var point = new Point();""");
    }

    @AfterAll
    void close() {
        cells.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            HttpClient client = null;            ~ import java.net.http.HttpClient;
            HttpClient.newHttpClient()           ~ import java.net.http.HttpClient;
            new AtomicInteger(1)                 ~ import java.util.concurrent.atomic.AtomicInteger;
            import java.utl.*;                   ~ did you mean java.util?
            cuont + 1                            ~ did you mean count?
            tiwce(3)                             ~ did you mean twice?
            Strng s = null;                      ~ did you mean String?
            new Pont()                           ~ did you mean Point?
            names.szie()                         ~ did you mean size?
            point.lable(3)                       ~ did you mean label?
            system.out.println(1)                ~ did you mean System?
            text.size()                          ~ did you mean length()?
            names.length                         ~ did you mean size()?
            array.length()                       ~ did you mean length?
            Point p = Point();                   ~ to make one: new Point(…)
            """)
    void unknownNameIsImportedOrCorrected(String code, String hint) {
        assertThat(hints(code)).containsExactly(hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            print(count)                         ~ Java writes System.out.println(…) for print
            boolean b = True;                    ~ Java writes true for True
            Object o = None;                     ~ Java writes null for None
            if (count > 0 and count < 3) { }     ~ Java writes && for and
            let z = 1;                           ~ Java writes var for let
            z = 1                                ~ the first time, declare it: var z = 1
            string s = "";                       ~ Java writes String for string
            def f():                             ~ a method starts with the type that it returns, or void: int twice(int n) { return 2 * n; }
            for (x in names) { }                 ~ a loop over all is written: for (var each : …) { }
            for (n : names) { }                  ~ a loop over all is written: for (var each : …) { }
            int[] a = [1, 2];                    ~ an array is written {1, 2}, a list List.of(1, 2)
            f"{count}"                           ~ values are put into text by "… %s …".formatted(value)
            String s = 'abc';                    ~ a String is written in double quotes, a char of one letter in single ones
            text == 'a'                          ~ a String is written in double quotes, a char of one letter in single ones
            """)
    void wordsOfOtherLanguagesAreTranslated(String code, String hint) {
        assertThat(hints(code)).containsExactly(hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            int i = 1.5;                         ~ (int) 1.5 cuts the fraction off; Math.round(…) rounds
            int i = count / 2.0;                 ~ (int) (count / 2.0) cuts the fraction off; Math.round(…) rounds
            float f = 1.5;                       ~ a float ends with f: 1.5f
            int i = 3L;                          ~ (int) 3L converts it, if it fits
            long l = 12345678901;                ~ a number beyond 2,147,483,647 ends with L: it is a long
            String s = 3;                        ~ String.valueOf(3)
            twice("3")                           ~ Integer.parseInt("3")
            String s = object;                   ~ if it is one, cast it: (String) object
            if (count = 1) { }                   ~ = assigns; == compares
            if (count) { }                       ~ Java does not take a number for true or false: count != 0
            if (!count) { }                      ~ count == 0
            names[0]                             ~ names.get(0)
            List<int> l;                         ~ type arguments are classes: Integer
            new List<String>()                   ~ an implementation of it: new ArrayList<>()
            throw "a";                           ~ only exceptions are thrown: throw new RuntimeException(…)
            """)
    void valueOfAnotherTypeIsConverted(String code, String hint) {
        assertThat(hints(code)).containsExactly(hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            names.forEach(n -> Thread.sleep(1)); ~ in a lambda, catch it: try { … } catch (Exception e) { throw new RuntimeException(e); }
            void f() { throw new Exception(); }  ~ declare it: f(…) throws Exception; or catch it
            int f(int n) { if (n > 0) return 1; } ~ every way through the method must return a value; if it has none, its type is void
            String class = "";                   ~ class is a word of Java's own: choose another name
            System.out.println((1                ~ it lacks ))
            """)
    void otherSlipsAreExplained(String code, String hint) {
        assertThat(hints(code)).contains(hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int x = = 3;", "qqqqqq + 1", "names.foo()", "twice()", "count + true", "void f() { return 1; }", "1 +* 2"})
    void nothingIsSaidThatIsNotSure(String code) {
        assertThat(hints(code)).isEmpty();
    }

    @Test
    void nameOfTwoImportedPackagesIsToBeImportedAlone() throws Exception {
        try (Cells both = new Cells()) {
            both.run("import java.awt.*;");
            assertThat(hints(both, "List<String> list = null;")).containsExactly("import java.util.List; or import java.awt.List;");
        }
    }

    @Test
    void onlyTheFirstErrorsAreShown() {
        List<String> report = report(cells, "void f() { a1(); a2(); int i = \"\"; int j = \"\"; int k = \"\"; }");
        assertThat(report).filteredOn(line -> line.startsWith("CompileError")).hasSize(3);
        assertThat(report).last().asString().isEqualTo("  … and 2 more");
    }

    @Test
    void onlyTheWrongNameIsUnderlined() {
        assertThat(report(cells, "names.szie()")).endsWith("     1 │ names.szie()", "               ^^^^");
    }

    private List<String> hints(String code) {
        return hints(cells, code);
    }

    private static List<String> hints(Cells cells, String code) {
        return report(cells, code).stream().filter(line -> line.startsWith("  hint: ")).map(line -> line.substring(8)).toList();
    }

    private static List<String> report(Cells cells, String code) {
        return catchThrowableOfType(CellException.class, () -> cells.run(code)).report().stream()
                .map(line -> line.replaceAll("\u001b\\[\\d+m", "")).toList();
    }
}
