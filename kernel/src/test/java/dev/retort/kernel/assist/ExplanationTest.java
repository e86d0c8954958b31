package dev.retort.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retort.kernel.TestJar;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplanationTest {
    private static final String LIBRARY = """
            package library;
            /** Sums up. */
            public class Sum {
                /**
                 * Adds {@code numbers} &mdash; all of <b>them</b>:
                 * <pre>{@code
                 *   Sum.of(1,
                 *          2)
                 * }</pre>
                 * <ul><li>never null</li></ul>
                 *
                 * @param numbers what to add; see {@link java.util.List#of(Object) a list} or {@link #of}
                 * @return the sum, &lt; 2<sup>31</sup>
                 * @throws ArithmeticException if it is too large
                 */
                public static int of(int... numbers) { return 0; }

                /** Adds two. The first first. */
                public static <T extends Number> int of(java.util.List<? super T> one, T two) { return 0; }
            }
            """;

    private static final String WITHOUT_SOURCES = """
            package bare;
            public class %1$s {
                public %1$s(int size) { }
                public static <T> java.util.List<T> sorted(java.util.Map<String, T> all, int... limits) { return null; }
            }
            """;

    private Cells cells;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("sum-1.jar");
        TestJar.write(jar, "library.Sum", LIBRARY);
        try (OutputStream file = Files.newOutputStream(folder.resolve("sum-1-sources.jar")); JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("library/Sum.java"));
            out.write(LIBRARY.getBytes(StandardCharsets.UTF_8));
        }
        Path named = folder.resolve("named-1.jar");
        TestJar.write(named, "bare.Named", WITHOUT_SOURCES.formatted("Named"), "-parameters");
        Path unnamed = folder.resolve("unnamed-1.jar");
        TestJar.write(unnamed, "bare.Unnamed", WITHOUT_SOURCES.formatted("Unnamed"));
        cells = new Cells(jar, named, unnamed);
        cells.run("int twice(int n) { return 2 * n; }\nvar names = List.of(\"a\");\nclass Point { int x; }\nimport library.Sum;");
    }

    @AfterAll
    void close() {
        cells.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            twice|                              ~ int twice(int n)
            tw|ice(3)                           ~ int twice(int n)
            twice(|                             ~ int twice(int n)
            twice(names.size() + |              ~ int twice(int n)
            names|                              ~ List<String> names
            names.si|ze()                       ~ int size()
            var fresh = 3; fre|sh + 1           ~ int fresh
            var fr|esh = "";                    ~ String fresh
            new Point().x|                      ~ int x
            new Point(|                         ~ Point()
            "text".repeat|                      ~ String repeat(int count)
            names.forEach(System.out::printf|)  ~ PrintStream printf(String format, Object... args)
            Map.Entry|                          ~ interface Map.Entry<K,V>
            names.stream().map(s -> s.strip|()) ~ String strip()
            """)
    void nameOrCallIsExplainedByItsSignature(String code, String signature) {
        assertThat(cells.explain(code).text()).startsWith(signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "1 + |", "nowhere|", "// twice|", "if (|"})
    void whatMeansNothingHasNoExplanation(String code) {
        assertThat(cells.explain(code)).isNull();
    }

    @Test
    void methodThatIsCalledComesFirst() {
        assertThat(cells.explain("\"abc\".substring(1, 2|)").text()).startsWith("String substring(int beginIndex, int endIndex)")
                .contains("\nString substring(int beginIndex)");
    }

    @Test
    void documentationOfALibraryComesFromItsSources() {
        // How far code in a comment is indented depends on the JDK.
        assertThat(cells.explain("Sum.of(1|)").text().replaceAll("(?m)^ +", "")).isEqualTo("""
                int of(int... numbers)

                Adds numbers — all of them:

                Sum.of(1,
                2)

                - never null

                Parameters
                - numbers: what to add; see a list or of

                Returns
                - the sum, < 231

                Throws
                - ArithmeticException: if it is too large

                int of(List<? super T> one, T two)

                Adds two.""");
        assertThat(cells.explain("Sum.of(1|)").html()).startsWith("<pre>int of(int... numbers)</pre>")
                .contains("<b>them</b>", "<code>numbers</code>", "&mdash;", "2<sup>31</sup>");
        assertThat(cells.explain("Sum|").text()).isEqualTo("class Sum\n\nSums up.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            bare.Named.sorted(|    ~ List<T> sorted(Map<String,T> all, int... limits)
            bare.Unnamed.sorted(|  ~ List<T> sorted(Map<String,T>, int...)
            new bare.Named(|       ~ Named(int size)
            new bare.Unnamed(|     ~ Unnamed(int)
            bare.Unnamed|          ~ class Unnamed
            """)
    void libraryWithoutSourcesIsExplainedByWhatItsClassesSay(String code, String signature) {
        assertThat(cells.explain(code).text()).isEqualTo(signature);
    }

    @Test
    void documentationOfTheJdkComesFromItsSources() {
        assumeTrue(Files.isReadable(Path.of(System.getProperty("java.home"), "lib", "src.zip")), "this JDK has no sources");
        assertThat(cells.explain("names.add(|").text()).startsWith("boolean add(String e)").contains("Appends the specified element");
        assertThat(cells.explain("new LinkedHashSet<String>().isEmpty()|").text()).contains("Returns true if this set contains no elements.");
    }

    @Test
    void sourceOfADeclarationIsShownOnRequest() {
        assertThat(cells.source("twice|")).contains("return 2 * n;");
        assertThat(cells.source("Sum.of(1|)")).contains("public static int of(int... numbers) { return 0; }");
    }
}
