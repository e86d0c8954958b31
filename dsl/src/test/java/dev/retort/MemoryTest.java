package dev.retort;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retort.data.Split;
import dev.retort.model.Classifier;
import dev.retort.train.Monitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Native memory is not the garbage collector's business: only the process's resident size shows it. */
class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Split IMAGES = dataset("fashion-mnist").train().take(2000);

    @AfterEach
    void stopWatching() {
        Monitor.use(() -> progress -> { });
        Thread.interrupted();
    }

    @Test
    void runsAgainAndAgainKeepMemoryFlat() {
        assertFlat(this::run);
    }

    @Test
    void interruptedRunsFreeTheirMemory() {
        assertFlat(() -> {
            Monitor.use(() -> progress -> {
                if (progress.stage().equals("epoch 1 of 2")) {
                    Thread.currentThread().interrupt();
                }
            });
            run();
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @Test
    void aThousandStepsOfOneRunKeepMemoryFlat() {
        assumeProc();
        long[] nativeAtEpoch = new long[41];
        Monitor.use(() -> progress -> {
            int epoch = (int) Math.round(progress.fraction() * 40);
            nativeAtEpoch[epoch] = Math.max(nativeAtEpoch[epoch], nativeMegabytes());
        });
        mlp(64).fit(dataset("letter").train().take(6400), epochs(40).seed(1));
        assertThat(nativeAtEpoch[40] - nativeAtEpoch[20]).as("MB grown in the last 1,000 of 2,000 steps").isLessThan(30);
    }

    /** The images of a run are 22 MB of tensors: those of 20 runs, kept, could not be missed. */
    private void run() {
        Classifier teacher = mlp(8).fit(IMAGES, epochs(1).seed(1));
        distill(teacher).into(mlp(8)).on(IMAGES).run(epochs(2).seed(1));
    }

    private static void assertFlat(Runnable work) {
        assumeProc();
        for (int i = 0; i < 5; i++) {
            work.run();
        }
        long before = nativeMegabytes();
        for (int i = 0; i < 20; i++) {
            work.run();
        }
        assertThat(nativeMegabytes() - before).as("MB grown in 20 runs").isLessThan(60);
    }

    private static void assumeProc() {
        assumeTrue(Files.isReadable(STATUS), "skipped: only Linux tells a process's resident size in /proc");
    }

    /** The resident size without the Java heap. */
    private static long nativeMegabytes() {
        try {
            String line = Files.readAllLines(STATUS).stream().filter(s -> s.startsWith("VmRSS")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024 - Runtime.getRuntime().totalMemory() / (1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
