package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class KernelTest extends RunningKernel {
    private final PrintStream out = System.out;

    @Override
    void prepare(Path cells) throws Exception {
        TestJar.write(cells.resolve("greeting.jar"), "greeting.Greeting", """
                package greeting;
                import org.dflib.jjava.jupyter.Extension;
                import org.dflib.jjava.jupyter.kernel.BaseKernel;
                public class Greeting implements Extension {
                    public static final class Hello { }
                    public static Hello hello() { return new Hello(); }
                    @Override public void install(BaseKernel kernel) {
                        kernel.evalRaw("import static greeting.Greeting.*;");
                        kernel.getRenderer().createRegistration(Hello.class)
                            .preferring(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML)
                            .register((hello, context) -> {
                                context.getOutputContainer().putHTML("<b>hello</b>");
                                context.getOutputContainer().putText("hello!");
                            });
                        kernel.getMagicsRegistry().registerLineMagic("greet", (any, arguments) -> "greeted " + arguments);
                    }
                }
                """);
    }

    @Override
    @AfterAll
    void close() {
        super.close();
        assertThat(System.out).as("given back").isSameAs(out);
    }

    @Test
    void valueOfTheLastExpressionIsShown() {
        assertThat(run("int a = 20;\na + 22").shown()).containsExactly("result: 42");
    }

    @Test
    void statementShowsNothing() {
        assertThat(run("List.of(1, 2);").shown()).isEmpty();
        assertThat(run("List.of(1, 2); // silent").shown()).isEmpty();
        assertThat(run("int b = 1").shown()).isEmpty();
        assertThat(run("b = 2").shown()).isEmpty();
        assertThat(run("Object none = null;\nnone").shown()).isEmpty();
        assertThat(run("// only a comment").shown()).isEmpty();
        assertThat(run("").shown()).isEmpty();
    }

    @Test
    void arrayShowsItsElements() {
        assertThat(run("new int[][] {{1, 2}, {3}}").shown()).containsExactly("result: [[1, 2], [3]]");
        assertThat(run("new double[] {0.5}").shown()).containsExactly("result: [0.5]");
    }

    @Test
    void textComesBeforeTheResultThatFollowsIt() {
        assertThat(run("System.out.print(\"żółć → 😀\"); System.err.print(\"e\"); System.out.print(\"o\"); 7").shown())
                .containsExactly("stdout: żółć → 😀", "stderr: e", "stdout: o", "result: 7");
    }

    @Test
    void characterMayComeByteByByte() {
        assertThat(run("for (byte b : \"ż\".getBytes(\"UTF-8\")) { System.out.write(b); System.out.flush(); }").shown())
                .containsExactly("stdout: ż");
    }



    @Test
    void displayIsUpdatedByItsId() {
        assertThat(run("var id = display(\"a\"); updateDisplay(id, \"b\"); display(\"<i>c</i>\", \"text/html\");").shown())
                .containsExactly("display: {\"text/plain\":\"a\"}", "update: {\"text/plain\":\"b\"}",
                        "display: {\"text/plain\":\"<i>c</i>\",\"text/html\":\"<i>c</i>\"}");
    }

    @Test
    void extensionInTheCellsJarsIsInstalled() {
        assertThat(run("display(hello()); hello()").shown())
                .containsExactly("display: {\"text/html\":\"<b>hello</b>\",\"text/plain\":\"hello!\"}", "result: hello!");
        assertThat(run("%greet you \"and me\"").shown()).containsExactly("result: greeted [you, and me]");
    }

    @Test
    void jarAddedLaterBringsClassesAndExtension() throws Exception {
        Path jar = folder.resolve("later.jar");
        TestJar.write(jar, "later.Later", """
                package later;
                public class Later implements org.dflib.jjava.jupyter.Extension {
                    public static int VALUE = 5;
                    @Override public void install(org.dflib.jjava.jupyter.kernel.BaseKernel kernel) {
                        kernel.evalRaw("int setByExtension = 6;");
                    }
                }
                """);
        assertThat(run("%jars " + jar + "\nlater.Later.VALUE + setByExtension").shown()).containsExactly("result: 11");
    }

    @Test
    void failingExtensionCostsALine() throws Exception {
        Path jar = folder.resolve("broken.jar");
        TestJar.write(jar, "broken.Broken", """
                package broken;
                public class Broken implements org.dflib.jjava.jupyter.Extension {
                    @Override public void install(org.dflib.jjava.jupyter.kernel.BaseKernel kernel) {
                        throw new IllegalStateException("no licence");
                    }
                }
                """);
        assertThat(run("%jars " + jar + "\n1").shown()).containsExactly(
                "stderr: an extension could not be installed: java.lang.IllegalStateException: no licence\n", "result: 1");
    }

    @Test
    void librariesOfTheKernelAreOutOfSight() {
        assertThat(run("com.fasterxml.jackson.databind.ObjectMapper m;").failure().message()).contains("does not exist");
        assertThat(run("Class.forName(\"org.zeromq.ZMQ\")").failure().name()).isEqualTo("java.lang.ClassNotFoundException");
        assertThat(run("Class.forName(\"dev.retort.kernel.Kernel\")").failure().name()).isEqualTo("java.lang.ClassNotFoundException");
    }

    @Test
    void toolsOfTheJdkAreInSight() {
        assertThat(run("Class.forName(\"com.sun.source.tree.Tree\").getSimpleName()").shown()).containsExactly("result: Tree");
    }

    @Test
    void renderingThatFailsCostsTheLooksOnly() {
        assertThat(run("class Bad { public String toString() { throw new StackOverflowError(); } }\nnew Bad()").shown().get(0))
                .matches("result: Bad@[0-9a-f]+ \\(toString failed: java.lang.StackOverflowError\\)");
        assertThat(run("display(new Bad()); 1").shown()).hasSize(2).last().isEqualTo("result: 1");
    }

    @Test
    void methodsMayBeDeclaredAfterTheirUse() {
        assertThat(run("int first() { return second(); }\nint second() { return 3; }\nfirst()").shown()).containsExactly("result: 3");
    }

    @Test
    void undeclaredNameInAMethodIsToldAtOnceAndWhenItIsCalled() {
        assertThat(run("int broken() { return missing(); }").shown())
                .containsExactly("stderr: broken cannot be used until this is declared: method missing()\n");
        assertThat(run("broken()").failure().message()).contains("until this is declared: method missing()");
        assertThat(run("HttpClient unknown;").shown())
                .containsExactly("stderr: unknown cannot be used until this is declared: class HttpClient; "
                        + "hint: import java.net.http.HttpClient;\n");
    }

    @Test
    void wovenCodeComputesWhatItDid() {
        assertThat(run("""
                class A { } class B extends A { } class C extends A { }
                record Pair(A left, int right) { public Pair { if (right < 0) throw new IllegalArgumentException(); } }
                int tricky(boolean flag) throws Exception {
                    int sum = 0;
                    for (int i = 0; i < 5; i++) {
                        A a = flag ? new B() : new C();
                        try { if (i == 1) continue; sum += new Pair(a, i % 2 == 0 ? i : sum).right(); }
                        finally { flag = !flag; }
                        sum += switch (a.getClass().getSimpleName()) { case "B" -> { int s = 0; do s++; while (s < 3); yield s; } default -> 1; };
                    }
                    Callable<Integer> call = () -> { int n = 0; while (n < 4) n++; return n; };
                    return sum + call.call();
                }
                tricky(true)""").shown()).containsExactly("result: 28");
    }

    @Test
    void cellMayEvaluateCode() {
        assertThat(run("eval(\"int nested = 20; nested + 1\")").shown()).containsExactly("result: 21");
        assertThat(run("nested").shown()).containsExactly("result: 20");
    }

    @Test
    void valueOfACellIsNotKept() {
        run("class Kept { }\nnew Kept();\nvar kept = new java.lang.ref.WeakReference<>(new Kept());");
        run("new Kept() { { kept = new java.lang.ref.WeakReference<>(this); } }");
        run("for (int i = 0; i < 50 && kept.get() != null; i++) { System.gc(); Thread.sleep(20); }");
        assertThat(run("kept.get() == null").shown()).containsExactly("result: true");
    }

    @Test
    void inputThatNobodyGivesFailsClearly() {
        assertThat(run("new Scanner(System.in).nextLine()").failure().message()).contains("cannot be asked for input");
    }

    @Test
    void cellsAreCounted() {
        int before = kernel.execute("1", new Recorder(), Input.NONE).count();
        assertThat(kernel.execute("throw new Exception();", new Recorder(), Input.NONE).count()).isEqualTo(before + 1);
    }
}
