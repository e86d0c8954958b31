package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest extends RunningKernel {

    @Test
    void compileErrorUnderlinesTheText() {
        Recorder recorder = run("int one = 1;\nString text = one;");
        assertThat(recorder.failure().name()).isEqualTo("CompileError");
        assertThat(recorder.report()).contains("incompatible types", ", line 2\n",
                "   2 │ String text = one;\n                       ^^^");
    }

    @ParameterizedTest
    @ValueSource(strings = {"int x = = 3;", "for (", "int y = ;", "class {", "\"unclosed", "int z = 3 }"})
    void brokenSyntaxIsACompileError(String code) {
        assertThat(run(code).failure().name()).isEqualTo("CompileError");
    }

    @Test
    void incompleteCellIsSaidToBe() {
        assertThat(run("int ok = 1;\nfor (int i = 0; i < 3; i++) {").report()).contains("incomplete", ", line 2\n");
    }

    @Test
    void exceptionIsReportedAtItsLines() {
        Recorder recorder = run("""
                // divides
                int divide(int a, int b) {
                    return a / b;
                }

                System.out.println("before");
                int r =
                    divide(1, 0);
                System.out.println("after");""");
        assertThat(recorder.shown()).containsExactly("stdout: before\n", "error: java.lang.ArithmeticException: / by zero");
        assertThat(recorder.report())
                .containsPattern("(?m)^  cell \\d+, line 3 in divide\\(\\)$").contains("→    3 │     return a / b;")
                .containsPattern("(?m)^  cell \\d+, line 8$").contains("→    8 │     divide(1, 0);")
                .doesNotContain("jdk.internal", "dev.retort");
    }

    @Test
    void causesAndLibraryFramesAreReported() {
        Recorder recorder = run("""
                try {
                    List.of("1", "x").forEach(Integer::parseInt);
                } catch (Exception e) {
                    throw new IllegalStateException("no number", e);
                }""");
        assertThat(recorder.report()).startsWith("java.lang.IllegalStateException: no number")
                .contains("→    4 │", "caused by\njava.lang.NumberFormatException: For input string: \"x\"", "… in java.", "→    2 │");
    }

    @Test
    void ownExceptionGoesByItsName() {
        assertThat(run("class Mine extends Exception { Mine() { super(\"m\"); } }\nthrow new Mine();").shown())
                .containsExactly("error: Mine: m");
        assertThat(run("String unset = null;\nunset.length()").failure().message()).contains("\"unset\" is null");
    }

    @Test
    void messageThatFailsIsSurvived() {
        assertThat(run("throw new Exception() { public String getMessage() { throw new IllegalStateException(); } };")
                .failure().message()).contains("getMessage() threw java.lang.IllegalStateException");
    }

    @Test
    void deepRecursionIsFolded() {
        Recorder recorder = run("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)");
        assertThat(recorder.failure().name()).isEqualTo("java.lang.StackOverflowError");
        assertThat(recorder.failure().traceback().size()).isLessThan(12);
        assertThat(recorder.report()).contains("more times");
    }

    @Test
    void mutualRecursionQuotesEachLineOnce() {
        Recorder recorder = run("int ping(int n) {\n  return pong(n + 1) + 1;\n}\nint pong(int n) {\n  return ping(n + 1) + 1;\n}\nping(0)");
        assertThat(recorder.report()).contains("→    2 │", "→    5 │").containsPattern("… 10\\d\\d more times");
        assertThat(recorder.failure().traceback().size()).isLessThan(14);
    }

    @Test
    void longTraceIsFolded() {
        String methods = IntStream.rangeClosed(2, 9).mapToObj(i -> "int step%d() { return step%d(); }\n".formatted(i, i - 1))
                .collect(Collectors.joining());
        Recorder recorder = run("int step1() { throw new IllegalStateException(\"end\"); }\n" + methods + "step9()");
        assertThat(recorder.report()).contains(", line 1 in step1()", ", line 8 in step8()").doesNotContain("line 9", "line 10")
                .endsWith("\n  … 2 more lines of cells");
    }

    @Test
    void errorOfAVirtualMachineIsSurvived() {
        assertThat(run("long[][] all = new long[Integer.MAX_VALUE][];").failure().name()).isEqualTo("java.lang.OutOfMemoryError");
        assertThat(run("assert true; throw new AssertionError(\"a\");").shown()).containsExactly("error: java.lang.AssertionError: a");
        assertThat(run("1").shown()).containsExactly("result: 1");
    }

    @Test
    void nullVariableIsNamed() {
        assertThat(run("int length(String given) { String local = given; return local.length(); }\nlength(null)").failure().message())
                .contains("because \"local\" is null");
    }

    @Test
    void causeRepeatsNoFramesOfWhatItCaused() {
        Recorder recorder = run("""
                void inner() { throw new IllegalStateException("in"); }
                void outer() { try { inner(); } catch (Exception e) { throw new RuntimeException("out", e); } }
                void all() { outer(); }
                all()""");
        String cause = recorder.report().substring(recorder.report().indexOf("caused by"));
        assertThat(cause).contains("line 1 in inner()").doesNotContain("line 3");
    }

    @Test
    void suppressedExceptionsAreReported() {
        Recorder recorder = run("""
                class Door implements AutoCloseable { public void close() { throw new IllegalStateException("stuck"); } }
                try (var door = new Door()) {
                    throw new Exception("fire");
                }""");
        assertThat(recorder.report()).contains("java.lang.Exception: fire", "besides\njava.lang.IllegalStateException: stuck", "Door.close()");
    }

    @Test
    void exceptionThatCausesItselfIsSurvived() {
        assertThat(run("var a = new Exception(\"a\"); var b = new Exception(\"b\", a); a.initCause(b); throw a;").report())
                .contains("caused by\njava.lang.Exception: b").doesNotContain("caused by\njava.lang.Exception: a");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Class.forName(\"no.such.Type\") ⇒ %maven group:artifact:version",
        "System.loadLibrary(\"nosuch\") ⇒ native library",
        "int down(int n) { return down(n - 1) + 1; } down(0) ⇒ without end: see down()",
        "new FileInputStream(\"nowhere.txt\") ⇒ the working folder is /",
        "Files.size(Path.of(\"nowhere.txt\")) ⇒ the working folder is /",
        "var f = String.class.getDeclaredField(\"value\"); f.setAccessible(true); ⇒ --add-opens",
        "throw new OutOfMemoryError(\"Java heap space\"); ⇒ JDK_JAVA_OPTIONS=-Xmx8g",
    })
    void usualErrorComesWithAHint(String codeAndHint) {
        String[] parts = codeAndHint.split(" ⇒ ");
        assertThat(run(parts[0]).report()).contains("\n  hint: ").contains(parts[1]);
        run("%reset");
    }

    @Test
    void traceShowsEveryFrame() {
        run("void fail() { Stream.of(1).forEach(i -> { throw new IllegalStateException(\"no\"); }); }\nfail()");
        assertThat(run("%trace").shown().get(0)).startsWith("stdout: java.lang.IllegalStateException: no\n    at ")
                .containsPattern("at fail\\(cell \\d+, line 1\\)").contains("at java.base/java.util.stream.").doesNotContain("dev.retort");
    }
}
