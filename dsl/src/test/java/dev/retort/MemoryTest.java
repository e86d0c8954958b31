package dev.retort;

import static dev.retort.Retort.block;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.onnx;
import static dev.retort.Retort.torchScript;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.Named.named;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import com.sun.jna.NativeLibrary;
import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.model.OnnxFiles;
import dev.retort.train.Monitor;
import dev.retort.train.TrainingOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Native memory is not the garbage collector's business: only the process's resident size shows it. The tests run with a heap
 * of fixed size, all of it resident from the start, so that what grows is native.
 */
class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Split IMAGES = dataset("fashion-mnist").train().take(500);

    @TempDir
    Path folder;

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

    static Stream<Named<Function<TrainingOptions, Classifier>>> trainings() {
        Split rows = dataset("letter").train().take(3200);
        Classifier teacher = mlp(8).fit(rows, epochs(1));
        Blueprint dropping = block("dropping", () -> new SequentialBlock()
                .add(Linear.builder().setUnits(8).build())
                .add(Dropout.builder().optRate(0.1f).build())
                .add(Linear.builder().setUnits(26).build()));
        return Stream.of(
                named("compiled", options -> mlp(8).fit(rows, options)),
                named("step by step", options -> dropping.fit(rows, options)),
                named("with a teacher", options -> distill(teacher).into(mlp(8)).on(rows).run(options).student()));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void twentyThousandStepsOfOneRunKeepMemoryFlat(Function<TrainingOptions, Classifier> training) {
        assumeProc();
        Map<Long, Long> residentAtEpoch = new HashMap<>();
        Monitor.use(() -> progress -> {
            long epoch = Math.round(progress.fraction() * 100);
            if (epoch == 10 || epoch == 100) {
                residentAtEpoch.computeIfAbsent(epoch, any -> settledMegabytes());
            }
        });
        assertThat(training.apply(epochs(100).batch(16)).provenance().steps()).isEqualTo(20_000);
        assertThat(residentAtEpoch.get(100L) - residentAtEpoch.get(10L)).as("MB grown from step 2,000 to step 20,000").isLessThan(30);
    }

    /** A session of ONNX Runtime takes 0.4 MB: hundreds of them, kept, could not be missed. */
    @Test
    void importedTeachersFreeTheirMemory() throws Exception {
        DataSet digits = dataset("digits");
        Path onnx = Files.write(folder.resolve("net.onnx"), OnnxFiles.file(OnnxFiles.graph(-1)));
        Path script = Path.of(MemoryTest.class.getResource("model/normed.pt").toURI());
        List<Classifier> teachers = List.of(onnx(onnx.toString(), digits), torchScript(script.toString(), digits));
        assertFlat(() -> teachers.forEach(teacher -> {
            for (int i = 0; i < 5; i++) {
                teacher.scores(digits.test().rows(0, 5));
            }
        }));
    }

    /** The images of a run are 5 MB of tensors: those of 50 runs, kept, could not be missed. */
    private void run() {
        Classifier teacher = mlp(8).fit(IMAGES, epochs(1).seed(1));
        distill(teacher).into(mlp(8)).on(IMAGES).run(epochs(2).seed(1));
    }

    private static void assertFlat(Runnable work) {
        assumeProc();
        for (int i = 0; i < 25; i++) { // The C library's allocator settles.
            work.run();
        }
        long before = settledMegabytes();
        for (int i = 0; i < 50; i++) {
            work.run();
        }
        assertThat(settledMegabytes() - before).as("MB grown in 50 runs").isLessThan(60);
    }

    private static void assumeProc() {
        assumeTrue(Files.isReadable(STATUS), "skipped: only Linux tells a process's resident size in /proc");
    }

    /** What is in use: without the buffers of dead Java objects, and without what the C library keeps for later. */
    private static long settledMegabytes() {
        return LongStream.generate(() -> {
            System.gc();
            sleep(100); // The buffers go a moment after their Java objects.
            NativeLibrary.getInstance("c").getFunction("malloc_trim").invokeInt(new Object[] {0L});
            return residentMegabytes();
        }).limit(5).min().orElseThrow();
    }

    private static void sleep(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long residentMegabytes() {
        try {
            String line = Files.readAllLines(STATUS).stream().filter(s -> s.startsWith("VmRSS")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
