package dev.retort.train;

import static dev.retort.Retort.block;
import static dev.retort.Retort.cosine;
import static dev.retort.Retort.crd;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.hint;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.sgd;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import dev.retort.data.Split;
import dev.retort.distill.Distillation;
import dev.retort.loss.Loss;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointTest {
    private static final Split ROWS = dataset("digits").train();
    private static final Classifier TEACHER = mlp(24).fit(ROWS, epochs(2).seed(1));
    private static final Blueprint WITH_DROPOUT = block("normed", () -> new SequentialBlock()
            .add(Blocks.batchFlattenBlock(64))
            .add(Linear.builder().setUnits(32).build())
            .add(BatchNorm.builder().build())
            .add(CheckpointTest::passAndMaybeInterrupt)
            .add(Dropout.builder().optRate(0.3f).build())
            .add(Linear.builder().setUnits(10).build()));

    /** Forward passes before this thread is interrupted in the midst of one; negative for never. */
    private static int passesLeft = -1;

    @TempDir
    Path folder;

    @AfterEach
    void stopWatching() {
        Monitor.use(() -> progress -> { });
        passesLeft = -1;
        Thread.interrupted();
    }

    static Stream<TrainingOptions> options() {
        return Stream.of(
                epochs(4).seed(3).batch(32),
                epochs(4).seed(3).batch(100).optimizer(sgd(0.1).momentum(0.9)).rate(cosine(1, 0)).clip(1),
                epochs(6).seed(3).batch(64).patience(2));
    }

    @ParameterizedTest
    @MethodSource("options")
    void aRunThatWasInterruptedAnywhereEndsAsIfItHadNotBeen(TrainingOptions options) {
        Classifier whole = WITH_DROPOUT.fit(ROWS, options);
        TrainingOptions kept = options.checkpoint(folder.resolve("run.checkpoint"));
        int breaks = 0;
        for (int passes = 10; ; passes += 7) {
            passesLeft = passes;
            Classifier classifier = WITH_DROPOUT.fit(ROWS, kept);
            if (!Thread.interrupted()) {
                assertThat(classifier.fingerprint()).isEqualTo(whole.fingerprint());
                assertThat(classifier.provenance().epochs()).isEqualTo(whole.provenance().epochs());
                assertThat(classifier.provenance().steps()).isEqualTo(whole.provenance().steps());
                break;
            }
            assertThat(classifier.provenance().interrupted()).isTrue();
            breaks++;
        }
        assertThat(breaks).isGreaterThan(1);
    }

    @Test
    void aFinishedRunIsNotTrainedAgain() {
        TrainingOptions options = epochs(2).checkpoint(folder.resolve("run.checkpoint"));
        Classifier first = mlp(8).fit(ROWS, options);
        AtomicInteger running = new AtomicInteger();
        Monitor.use(() -> progress -> running.addAndGet(progress.stage().startsWith("epoch 1") ? 1 : 0));
        assertThat(mlp(8).fit(ROWS, options).fingerprint()).isEqualTo(first.fingerprint());
        assertThat(running).hasValue(0);
    }

    /** With parts that learn, a memory, terms that begin later, rows that look different in each epoch. */
    static Stream<Arguments> distillations() {
        Loss whole = softTargets(2).plus(hint()).plus(crd(64));
        return Stream.of(arguments(softTargets(2).times(0.5).plus(hardLabels().times(0.5)), ROWS), arguments(whole, ROWS),
                arguments(hint().epochs(1).then(softTargets(4)), ROWS), arguments(hint().epochs(2).stack(softTargets(4)), ROWS),
                arguments(softTargets(2), ROWS.shifted(1)), arguments(whole, ROWS.shifted(1)));
    }

    @ParameterizedTest
    @MethodSource("distillations")
    void aDistillationGoesOnToo(Loss loss, Split rows) {
        Distillation distillation = distill(TEACHER).into(mlp(8)).on(rows).loss(loss);
        Path file = folder.resolve("run.checkpoint");
        Classifier whole = distillation.run(epochs(3).seed(2)).student();
        Monitor.use(() -> progress -> {
            if (progress.stage().equals("epoch 2 of 3")) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(distillation.run(epochs(3).seed(2).checkpoint(file)).interrupted()).isTrue();
        stopWatching();
        assertThat(distillation.run(epochs(3).seed(2).checkpoint(file)).student().fingerprint()).isEqualTo(whole.fingerprint());
    }

    @ParameterizedTest
    @MethodSource("distillations")
    void aDistillationThatWasInterruptedInTheMidstOfEpochsGoesOnToo(Loss loss, Split rows) {
        Distillation distillation = distill(TEACHER).into(WITH_DROPOUT).on(rows).loss(loss);
        TrainingOptions options = epochs(3).seed(2).batch(64);
        Classifier whole = distillation.run(options).student();
        TrainingOptions kept = options.checkpoint(folder.resolve("run.checkpoint"));
        for (int passes : new int[] {35, 30}) {
            passesLeft = passes;
            assertThat(distillation.run(kept).interrupted()).isTrue();
            Thread.interrupted();
        }
        passesLeft = -1;
        assertThat(distillation.run(kept).student().fingerprint()).isEqualTo(whole.fingerprint());
    }

    @Test
    void anotherRunIsNotTakenForThisOne() {
        TrainingOptions options = epochs(1).checkpoint(folder.resolve("run.checkpoint"));
        mlp(8).fit(ROWS, options);
        assertThatThrownBy(() -> mlp(8).fit(ROWS, options.seed(1)))
                .hasMessageContaining("run.checkpoint has the options epochs(1).seed(0)").hasMessageContaining("but this one epochs(1).seed(1)");
        assertThatThrownBy(() -> mlp(9).fit(ROWS, options)).hasMessageContaining("trains mlp(8), but this one mlp(9)");
        assertThatThrownBy(() -> mlp(8).fit(ROWS.take(99), options)).hasMessageContaining("learns from digits/train (");
        Classifier teacher = mlp(4).fit(ROWS, epochs(1));
        assertThatThrownBy(() -> distill(teacher).into(mlp(8)).on(ROWS).run(options))
                .hasMessageContaining("is taught by no teacher, but this one mlp(4)");
    }

    @Test
    void aDamagedOrForeignFileIsRefused() throws IOException {
        Path file = folder.resolve("run.checkpoint");
        mlp(8).fit(ROWS, epochs(1).checkpoint(file));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(Files.readAllBytes(file), 500));
        assertThatThrownBy(() -> mlp(8).fit(ROWS, epochs(1).checkpoint(cut))).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cut is not a checkpoint, or is damaged").hasMessageContaining("delete it to begin again");
        assertThatThrownBy(() -> mlp(8).fit(ROWS, epochs(1).checkpoint(folder.resolve("no/such/folder"))))
                .isInstanceOf(UncheckedIOException.class).hasMessageContaining("there is no such folder");
    }

    @Test
    void aCheckpointIsReplacedWhole() throws IOException {
        mlp(8).fit(ROWS, epochs(3).checkpoint(folder.resolve("run.checkpoint")));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("run.checkpoint"));
        }
    }

    private static NDList passAndMaybeInterrupt(NDList batch) {
        if (passesLeft-- == 0) {
            Thread.currentThread().interrupt();
        }
        return Activation.relu(batch);
    }
}
