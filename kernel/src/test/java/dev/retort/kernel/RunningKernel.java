package dev.retort.kernel;

import dev.retort.kernel.session.Cell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cell text, and what is shown: one kernel for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class RunningKernel {
    Kernel kernel;
    Path folder;
    /** From the last interrupt to the end of its cell. */
    Duration untilEnd;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        prepare(Files.createDirectory(folder.resolve("cells")));
        kernel = Kernel.start(new Home(folder));
    }

    /** Puts jars where cells will see them. */
    void prepare(Path cells) throws Exception {
        // Most tests need none.
    }

    @AfterAll
    void close() {
        kernel.close();
    }

    Recorder run(String code) {
        Recorder recorder = new Recorder();
        kernel.execute(code, recorder, Input.NONE);
        return recorder;
    }

    /** Runs a cell and interrupts it once it has counted {@code started} down. */
    Recorder interrupted(String code) throws Exception {
        CountDownLatch started = (CountDownLatch) kernel.evaluate(new Cell("test", "started"));
        AtomicLong interruptedAt = new AtomicLong();
        Thread interrupter = new Thread(() -> {
            try {
                if (started.await(30, TimeUnit.SECONDS)) {
                    interruptedAt.set(System.nanoTime());
                    kernel.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        interrupter.start();
        Recorder recorder = run(code);
        untilEnd = Duration.ofNanos(System.nanoTime() - interruptedAt.get());
        interrupter.join();
        return recorder;
    }
}
