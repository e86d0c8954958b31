package dev.retort.train;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.resume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.data.Split;
import dev.retort.distill.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledTrainingTest {
    private static final Split ROWS = dataset("letter").train().take(1000);
    private static final TrainingOptions OPTIONS = epochs(15).seed(3).batch(10);

    @Test
    void aKilledProcessLosesAtMostTheEpochThatItWasIn(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("run.checkpoint");
        Process training = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                KilledTrainingTest.class.getName(), file.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = training.inputReader()) {
            assertThat(said.lines().anyMatch("epoch 4 of 15"::equals)).isTrue();
        } finally {
            training.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        }
        assertThat(training.exitValue()).as("killed, not ended").isNotZero();
        assertThat(Checkpoint.read(file).header().epochs()).as("all but the epoch that it was in").hasSizeBetween(3, 14);
        letTwoHoursPass(folder);
        assertThat(resume(file.toString()).fingerprint()).isEqualTo(train(OPTIONS).student().fingerprint());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("what was half written when it was killed is gone").containsExactly(file);
        }
    }

    private static void letTwoHoursPass(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS)));
            }
        }
    }

    /** The process that is killed. */
    public static void main(String[] file) throws IOException {
        Monitor.use(() -> progress -> {
            System.out.println(progress.stage());
            System.out.flush();
        });
        train(OPTIONS.checkpoint(file[0]));
    }

    private static Run train(TrainingOptions options) {
        return distill(mlp(16).fit(ROWS, epochs(1))).into(mlp(8)).on(ROWS).run(options);
    }
}
