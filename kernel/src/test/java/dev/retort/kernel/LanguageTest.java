package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** Java as cells may write it. */
class LanguageTest extends RunningKernel {

    @Test
    void typesOfOneCellMayNeedEachOther() {
        assertThat(run("""
                class Even { boolean is(int n) { return n == 0 || new Odd().is(n - 1); } }
                class Odd { boolean is(int n) { return n != 0 && new Even().is(n - 1); } }
                new Even().is(10)""").shown()).containsExactly("result: true");
    }

    @Test
    void typesOfTwoCellsMayNeedEachOther() {
        assertThat(run("class Hen { Egg egg() { return new Egg(); } }").shown().get(0)).contains("Hen cannot be used until", "Egg");
        assertThat(run("class Egg { Hen hen() { return new Hen(); } }").shown()).isEmpty();
        assertThat(run("new Hen().egg().hen().egg() != null").shown()).containsExactly("result: true");
    }

    @Test
    void classDeclaredAnewTellsWhichVariablesAreReset() {
        run("record Point(int x) { }\nPoint point = new Point(1);\nint other = 3;");
        assertThat(run("record Point(int x) { int twice() { return 2 * x; } }").shown())
                .containsExactly("stderr: Point was declared anew; these variables of its type were reset: point\n");
        assertThat(run("other + \" \" + point").shown()).containsExactly("result: 3 null");
        assertThat(run("point = new Point(2);\npoint.twice()").shown()).containsExactly("result: 4");
    }

    @Test
    void classDeclaredAnewTellsWhatNoLongerCompiles() {
        run("record Pair(int a) { }\nvar pair = new Pair(1);\nint first(Pair p) { return p.a(); }");
        assertThat(run("record Pair(int left, int right) { }").shown()).containsExactly(
                "stderr: Pair was declared anew; these cannot be used until they are declared anew, too: pair, first\n");
        assertThat(run("var pair = new Pair(1, 2);\npair.right()").shown()).containsExactly("result: 2");
    }

    @Test
    void variableDeclaredAnewLosesNothingElse() {
        run("int size = 3;\nint doubled = 2 * size;\nint twice() { return 2 * size; }");
        assertThat(run("int size = 5;").shown()).isEmpty();
        assertThat(run("doubled + \" \" + twice()").shown()).containsExactly("result: 6 10");
    }

    @Test
    void expressionsHaveTheValueAndTheTypeThatJavaGivesThem() {
        run("int n = 3;\nList<Integer> numbers = List.of(4, 6, 5);\nchar c() { return 'c'; }");
        assertThat(run("n / 2").shown()).containsExactly("result: 1");
        assertThat(run("n > 1 ? 1 : 2.0").shown()).containsExactly("result: 1.0");
        assertThat(run("((Object) (byte) n).getClass().getSimpleName() + c()").shown()).containsExactly("result: Bytec");
        assertThat(run("Collections.max(numbers) // the largest").shown()).containsExactly("result: 6");
        assertThat(run("n += 4").shown()).containsExactly("result: 7");
        assertThat(run("n >= 7").shown()).containsExactly("result: true");
        assertThat(run("numbers.forEach(System.out::println)").shown()).containsExactly("stdout: 4\n6\n5\n");
        assertThat(run("n = 8").shown()).as("an assignment shows nothing").isEmpty();
        assertThat(run("n++").shown()).containsExactly("result: 8");
        assertThat(run("n;").shown()).isEmpty();
        assertThat(run("n; // nothing").shown()).isEmpty();
        assertThat(run("n > 1 ? Collections.max(numbers) : 0.5").shown()).containsExactly("result: 6.0");
        assertThat(run("(switch (n) { case 1 -> 1; default -> 2L; })").shown()).containsExactly("result: 2");
    }

    @Test
    void twoExpressionsWithACommaAreNoDeclaration() {
        run("int a = 1;\nint b = 5;");
        assertThat(run("a, b").failure()).isNotNull();
        assertThat(run("a + b").shown()).containsExactly("result: 6");
    }

    @Test
    void whatAnExpressionThrowsIsAtItsOwnLine() {
        assertThat(run("int zero = 0;\n\n// a comment\nzero +\n    Integer.parseInt(\"x\")").report()).contains("line 5");
        assertThat(run("1 / zero").report()).contains("line 1").contains("1 / zero");
        assertThat(run("undeclared +\n    1").report()).contains("undeclared").contains("line 1").doesNotContain("value$");
    }

    @Test
    void textBlocksRecordsVarAndSwitchExpressionsWork() {
        assertThat(run("""
                var text = \"\"\"
                    one
                    two %d
                    \"\"\".formatted(2);
                enum Kind { A, B }
                var kind = Kind.B; String of(Kind k) { return switch (k) { case A -> "a"; case B -> "b"; }; }
                text.lines().count() + of(kind)""").shown()).containsExactly("result: 2b");
    }

    @Test
    void severalStatementsOfALineAreAllRun() {
        assertThat(run("int one = 1; int two = 2; System.out.print(one); one + two").shown()).containsExactly("stdout: 1", "result: 3");
    }

    @Test
    void importsOfACellLeaveTheOthersAlone() {
        assertThat(run("import java.lang.*;\nimport java.util.concurrent.atomic.AtomicInteger;").shown()).isEmpty();
        assertThat(run("new AtomicInteger(List.of(4).get(0))").shown()).containsExactly("result: 4");
    }

    @Test
    void previewFeaturesWork() {
        String code = ofAPreviewFeature(Runtime.version().feature());
        assumeTrue(code != null, "nothing is known to be a preview in this Java");
        assertThat(run(code).shown()).containsExactly("result: byte 12");
    }

    /** Code that the release compiles with preview features only; null if none is known. */
    private static String ofAPreviewFeature(int release) {
        if (release <= 20) { // Patterns in switches.
            return """
                    String describe(Object any) { return switch (any) { case Byte b -> "byte " + b; default -> "other"; }; }
                    describe((byte) 12)""";
        } else if (release == 21) { // Patterns without a name.
            return """
                    String describe(Object any) { return any instanceof Byte _ ? "byte " + any : "other"; }
                    describe((byte) 12)""";
        } else if (release >= 23 && release <= 26) { // Primitive types in patterns.
            return """
                    String describe(int any) { return any instanceof byte b ? "byte " + b : "other"; }
                    describe(12)""";
        }
        return null;
    }
}
