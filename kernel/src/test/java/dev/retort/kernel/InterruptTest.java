package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptTest extends RunningKernel {
    private static final String STOPPED = "error: Interrupted: the cell was interrupted";
    private static final String ABANDONED = STOPPED + "; the library that it called takes no notice and goes on in the background";
    /** Half of the time after which code that takes no notice is left behind, whatever it does. */
    private static final Duration SOON = Duration.ofSeconds(1);

    @Override
    void prepare(Path cells) throws Exception {
        TestJar.write(cells.resolve("deaf.jar"), "deaf.Deaf", """
                package deaf;
                public class Deaf implements org.dflib.jjava.jupyter.Extension {
                    @Override public void install(org.dflib.jjava.jupyter.kernel.BaseKernel kernel) { }
                    public static volatile boolean spin = true;
                    public static void loop() { while (spin) { Thread.onSpinWait(); } }
                    public static void pause() { for (long end = System.nanoTime() + 20_000_000; System.nanoTime() < end; ) { } }
                }
                """);
    }

    @BeforeEach
    void declare() {
        run("var started = new CountDownLatch(1); var this_ = new Object(); boolean leaked = false; void leak() { leaked = true; }");
    }

    @AfterEach
    @Timeout(30)
    void noThreadIsLeftInCodeOfACell() throws Exception {
        while (Thread.getAllStackTraces().values().stream().flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().startsWith("REPL."))) {
            Thread.sleep(10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "while (true) { }",
        "for (;;) { try { Thread.sleep(5); } catch (InterruptedException e) { } }",
        "try { while (true) { } } catch (Throwable t) { while (true) { } }",
        "do { } while (started.getCount() == 0);",
        "Thread.sleep(60_000);",
        "new CountDownLatch(1).await();",
        "Stream.iterate(1, i -> i + 1).forEach(i -> { });",
        "synchronized (this_) { this_.wait(); }",
        "int f(int n) { return n; } long s = 0; while (true) s += f(1);",
        "class Loops { static { while (started.getCount() == 0) { } } } new Loops();",
        "int i = 0; while (true) { switch (i++ % 3) { case 0: continue; case 1: i += 2; continue; default: i = 0; } }",
    })
    void interruptEndsTheCell(String endless) throws Exception {
        Recorder recorder = stoppedSoon("started.countDown();\n" + endless + "\nSystem.out.println(\"after\");");
        assertThat(recorder.shown()).containsExactly(STOPPED);
        assertThat(run("1").shown()).containsExactly("result: 1");
    }

    @Test
    void renderingCanBeInterrupted() throws Exception {
        run("var started = new CountDownLatch(1);");
        run("class Slow { public String toString() { started.countDown(); while (true) { } } }");
        assertThat(stoppedSoon("List.of(new Slow(), new Slow())").shown()).containsExactly("error: Interrupted: the cell was interrupted");
    }

    @Test
    void interruptedCellKeepsItsVariables() throws Exception {
        stoppedSoon("var before = 1; started.countDown(); while (true) { }");
        assertThat(run("before").shown()).containsExactly("result: 1");
    }

    @Test
    void partialResultOfAnInterruptedLibraryIsAssigned() throws Exception {
        // A library that sees the interrupt, returns what it has, and sets the flag again.
        run("""
                int patient() {
                    try { started.countDown(); Thread.sleep(60_000); return 0; }
                    catch (InterruptedException e) { Thread.currentThread().interrupt(); return 42; }
                }""");
        Recorder recorder = stoppedSoon("var partial = patient();\nSystem.out.println(\"after\");");
        assertThat(recorder.shown()).containsExactly(STOPPED);
        assertThat(run("partial").shown()).containsExactly("result: 42");
    }

    @Test
    void interruptWithoutACellDoesNothing() {
        kernel.interrupt();
        assertThat(run("for (int i = 0; i < 10; i++) { }\n5").shown()).containsExactly("result: 5");
    }

    @Test
    void libraryThatTakesNoNoticeIsLeftBehind() throws Exception {
        Recorder recorder = interrupted("{ started.countDown(); deaf.Deaf.loop(); leak(); }");
        assertThat(recorder.shown()).containsExactly(ABANDONED);
        assertThat(run("1").shown()).containsExactly("result: 1");
        run("deaf.Deaf.spin = false;");
        noThreadIsLeftInCodeOfACell();
        assertThat(run("deaf.Deaf.spin = true; leaked").shown()).containsExactly("result: false");
    }

    @Test
    void readOfASocketIsLeftBehind() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            run("var socket = new Socket(InetAddress.getLoopbackAddress(), " + silent.getLocalPort() + ");");
            String sum = "IntStream.range(0, 8).parallel().peek(i -> deaf.Deaf.pause()).sum()";
            assertThat(run(sum).shown()).containsExactly("result: 28");
            Recorder recorder = stoppedSoon("{ started.countDown(); socket.getInputStream().read(); }");
            assertThat(recorder.shown()).containsExactly(ABANDONED);
            assertThat(run(sum).shown()).containsExactly("result: 28");
            assertThat(run("socket.close(); 1").shown()).containsExactly("result: 1");
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void readFromAProcessIsLeftBehind() throws Exception {
        run("var process = new ProcessBuilder(\"sleep\", \"60\").start();");
        Recorder recorder = stoppedSoon("{ started.countDown(); process.getInputStream().read(); }");
        assertThat(recorder.shown()).containsExactly(ABANDONED);
        run("process.destroy();");
    }

    @Test
    void threadsThatTheCellStartedStop() throws Exception {
        Recorder recorder = stoppedSoon("""
                for (int i = 0; i < 3; i++) new Thread(() -> { while (true) { } }).start();
                started.countDown();
                while (true) { }""");
        assertThat(recorder.shown()).containsExactly(STOPPED);
    }

    @Test
    void parallelStreamStops() throws Exception {
        Recorder recorder = stoppedSoon("IntStream.range(0, 64).parallel().forEach(i -> { started.countDown(); while (true) { } });");
        assertThat(recorder.shown()).containsExactly(STOPPED);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "IntStream.range(0, 64).parallel().forEach(i -> task());",
        "var pool = Executors.newFixedThreadPool(2); for (int i = 0; i < 4; i++) pool.execute(() -> task()); while (true) { }",
    })
    void tasksThatWaitDoNotStartInTheNextCell(String tasks) throws Exception {
        run("""
                var cell = Thread.currentThread();
                void task() {
                    started.countDown();
                    try { while (true) { } } finally { if (Thread.currentThread() != cell) deaf.Deaf.pause(); }
                }""");
        stoppedSoon(tasks);
        assertThat(run("1").shown()).containsExactly("result: 1");
    }

    @Test
    void executorOfAnInterruptedCellServesTheNext() throws Exception {
        run("var pool = Executors.newFixedThreadPool(2);");
        stoppedSoon("pool.execute(() -> { started.countDown(); while (true) { } }); while (true) { }");
        assertThat(run("pool.submit(() -> 7).get()").shown()).containsExactly("result: 7");
        run("pool.shutdown();");
    }

    @Test
    void threadOfAnEarlierCellGoesOn() throws Exception {
        run("""
                var goOn = new java.util.concurrent.atomic.AtomicBoolean(true);
                var background = new Thread(() -> { while (goOn.get()) { } });
                background.start();""");
        stoppedSoon("started.countDown(); while (true) { }");
        assertThat(run("background.isAlive()").shown()).containsExactly("result: true");
        run("goOn.set(false); background.join();");
    }

    /** Interrupts a cell that is to end soon after. */
    private Recorder stoppedSoon(String code) throws Exception {
        Recorder recorder = interrupted(code);
        assertThat(untilEnd).isLessThan(SOON);
        return recorder;
    }
}
