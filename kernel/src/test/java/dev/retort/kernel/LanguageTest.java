package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

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
    void previewFeaturesWork() { // Patterns in switches are one in Java 17, and those without names in 21.
        assertThat(run("""
                sealed interface Shape permits Circle, Square { }
                record Circle(double r) implements Shape { }
                record Square(double a) implements Shape { }
                double area(Shape shape) { return switch (shape) { case Circle c -> 3 * c.r() * c.r(); case Square s -> s.a() * s.a(); }; }
                area(new Square(3)) + area(new Circle(1))""").shown()).containsExactly("result: 12.0");
    }
}
