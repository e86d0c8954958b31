package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cells do to themselves and to the process: the next cell runs. */
class HostileCellTest extends RunningKernel {
    private final Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
    private final Map<String, String> properties = Map.of(
            "line.separator", System.lineSeparator(), "java.class.path", System.getProperty("java.class.path"));

    @AfterEach
    void nextCellsRunAndPrint() {
        try {
            assertCellPrints();
            run("var fails = new Thread(() -> { throw new IllegalStateException(); }); fails.start(); fails.join(200);");
            assertCellPrints();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(handler);
            properties.forEach(System::setProperty);
        }
    }

    private void assertCellPrints() {
        assertThat(run("System.out.print(\"printed\"); 1 + 1").shown()).containsExactly("stdout: printed", "result: 2");
    }

    @Test
    void closedOutputIsOpenForTheNextCell() {
        run("System.out.close();");
        assertThat(run("System.out.print(1);").shown()).containsExactly("stdout: 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"System.exit(3);", "Runtime.getRuntime().exit(3);", "Runtime.getRuntime().halt(3);",
        "IntConsumer exit = System::exit; exit.accept(3);", "IntConsumer exit = Runtime.getRuntime()::halt; exit.accept(3);"})
    void exitEndsTheCellAndNotTheKernel(String exit) {
        run("int kept = 7;");
        assertThat(run(exit + "\nkept = 8;").failure().message()).contains("ends the cell, not the kernel");
        assertThat(run("kept").shown()).containsExactly("result: 7");
    }

    @Test
    void exitInALibraryEndsTheCellAndNotTheKernel() throws Exception {
        Path jar = folder.resolve("a tool.jar");
        TestJar.write(jar, "tool.Tool", """
                package tool;
                public class Tool implements org.dflib.jjava.jupyter.Extension {
                    @Override public void install(org.dflib.jjava.jupyter.kernel.BaseKernel kernel) { }
                    public static void main(String... arguments) { System.exit(arguments.length); }
                }
                """);
        run("%jars \"" + jar + "\"");
        assertThat(run("tool.Tool.main(\"-x\");").failure().message()).isEqualTo("exit(1) ends the cell, not the kernel");
        assertThat(run("tool.Tool.class.getPackage().getName() + tool.Tool.class.getProtectionDomain().getCodeSource().getLocation()")
                .shown()).containsExactly("result: tool" + jar.toUri().toURL());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "System.setOut(null); System.setErr(null); System.setIn(null);",
        "System.setOut(new PrintStream(OutputStream.nullOutputStream()));",
        "System.out.close(); System.err.close(); System.in.close();",
        "var former = Thread.getDefaultUncaughtExceptionHandler(); Thread.setDefaultUncaughtExceptionHandler("
                + "(thread, thrown) -> { while (Thread.getDefaultUncaughtExceptionHandler() != former) { } });",
        "Thread.currentThread().setUncaughtExceptionHandler(null); Thread.currentThread().setName(\"x\");",
        "Thread.currentThread().interrupt();",
        "Thread.currentThread().setContextClassLoader(null);",
        "new Thread(() -> { throw new IllegalStateException(); }).start();",
        "int deep(int n) { return deep(n + 1) + 1; } deep(0);",
        "throw new ThreadDeath();",
        "throw null;",
        "Class.forName(\"no.such.Class\");",
        "System.setSecurityManager(null);",
        "System.setProperty(\"line.separator\", \"!\"); System.clearProperty(\"java.class.path\");",
        "Thread.currentThread().getThreadGroup().interrupt();",
        "Object o = new Object() { @Override protected void finalize() { throw new Error(); } }; o = null; System.gc();",
    })
    void cellCannotHarmTheNext(String code) {
        run(code);
    }

    @Test
    void librariesFindTheirServicesAlthoughACellChangedTheLoader() {
        String loader = "Thread.currentThread().getContextClassLoader().getClass().getName()";
        String before = run(loader).shown().get(0);
        run("Thread.currentThread().setContextClassLoader(null);");
        assertThat(run(loader).shown()).containsExactly(before);
    }
}
