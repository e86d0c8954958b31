package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cells declared: shown, and dropped. */
class DeclarationsTest extends RunningKernel {

    @BeforeEach
    void reset() {
        assertThat(run("%reset").shown()).isEmpty();
    }

    @Test
    void whoShowsVariablesMethodsAndTypes() {
        run("int n = 3;\nvar list = new ArrayList<>(List.of(1, 2));\nString unset;\nString twice(int i, char c) { return \"\"; }");
        run("record Pair(int a) { }\nn = 4;");
        run("class Bad { public String toString() { throw new StackOverflowError(); } }\nvar bad = new Bad();");
        assertThat(run("%who").shown().get(0).replaceAll(" +", " ")).contains("\\nn int 4\\n", "\\nlist ArrayList<Integer> [1, 2]\\n",
                "\\nunset String null\\n", "\\ntwice(int, char) String\\n", "\\nPair record\\n", "\\nbad Bad Bad@", "<table>");
    }

    @Test
    void whoHidesWhatTheKernelDeclares() {
        run("%timeit 1");
        run("1 + 1");
        assertThat(run("%who").shown()).containsExactly("stdout: cells have declared nothing\n");
    }

    @Test
    void resetDropsAllThatCellsDeclared() {
        run("int gone = 1;\nint goneToo() { return gone; }\nclass Gone { }\nimport java.util.zip.*;");
        run("%reset");
        for (String each : new String[] {"gone", "goneToo()", "new Gone()", "new CRC32()"}) {
            assertThat(run(each).failure().name()).as(each).isEqualTo("CompileError");
        }
        assertThat(run("List.of(1)").shown()).containsExactly("result: [1]");
    }

    @Test
    void resetLetsGoOfValues() {
        run("var big = new Object();\nvar watch = new java.lang.ref.WeakReference<>(big);\nSystem.getProperties().put(\"watch\", watch);");
        run("%reset");
        run("var kept = (java.lang.ref.WeakReference<?>) System.getProperties().remove(\"watch\");");
        run("for (int i = 0; i < 50 && kept.get() != null; i++) { System.gc(); Thread.sleep(20); }");
        assertThat(run("kept.get() == null").shown()).containsExactly("result: true");
    }

    @Test
    void importsAreShownAndAdded() {
        assertThat(run("%imports java.util.zip.CRC32\nnew CRC32().getValue()").shown()).containsExactly("result: 0");
        assertThat(run("%imports static java.lang.Math.*\nmax(1, 2)").shown()).containsExactly("result: 2");
        assertThat(run("%imports").shown().get(0)).contains("java.util.zip.CRC32\n", "static java.lang.Math.*\n", "java.util.*\n");
        assertThat(run("%imports no.such.Type").report()).contains("package no.such does not exist");
    }
}
