package dev.retort.distill;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.resume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.data.DataSet;
import dev.retort.model.Classifier;
import dev.retort.train.Monitor;
import dev.retort.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssistantsTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final Classifier TEACHER = mlp(64).fit(DIGITS.train(), epochs(10).seed(1));

    @AfterEach
    void stopWatching() {
        Monitor.use(() -> progress -> { });
        Thread.interrupted();
    }

    @Test
    void anAssistantStandsBetweenTeacherAndStudent() {
        Run run = distill(TEACHER).into(mlp(32)).then(mlp(8)).on(DIGITS.train()).run(epochs(2).seed(5));
        assertThat(run.title()).isEqualTo("mlp(32) → mlp(8) on digits/train");
        assertThat(run.before()).singleElement().satisfies(assistant -> {
            assertThat(assistant.teacher()).isSameAs(TEACHER);
            assertThat(assistant.student()).isSameAs(run.teacher());
        });
        Run alone = distill(TEACHER).into(mlp(32)).on(DIGITS.train()).run(epochs(2).seed(5));
        assertThat(run.teacher().fingerprint()).isEqualTo(alone.student().fingerprint());
    }

    @Test
    void eachGenerationIsTaughtByTheOneBeforeFromWeightsOfItsOwn() {
        Run run = distill(TEACHER).into(mlp(8)).generations(3).on(DIGITS.train()).run(epochs(2).seed(1));
        assertThat(run.before()).hasSize(2);
        assertThat(run.teacher()).isSameAs(run.before().get(1).student());
        assertThat(run.before().get(1).teacher()).isSameAs(run.before().get(0).student());
        assertThat(run.student().provenance().options()).contains("seed(3)");
        assertThatThrownBy(() -> distill(TEACHER).into(mlp(8)).generations(0)).hasMessageContaining("at least one");
    }

    @Test
    void anInterruptedAssistantIsNoStudent() {
        Monitor.use(() -> progress -> {
            if (progress.stage().equals("epoch 2 of 500")) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> distill(TEACHER).into(mlp(32)).then(mlp(8)).on(DIGITS.train()).run(epochs(500)))
                .isInstanceOf(CancellationException.class).hasMessageContaining("there is no mlp(8) yet");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aRunThatWasInterruptedInAnyStageGoesOnFromItsCheckpoints(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("run.checkpoint");
        Distillation chain = distill(TEACHER).into(mlp(32)).then(mlp(8)).on(DIGITS.train());
        Run whole = chain.run(epochs(3).seed(5));
        interruptAfterTwoEpochsOf("mlp(64) → mlp(32)");
        assertThatThrownBy(() -> chain.run(epochs(3).seed(5).checkpoint(file))).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        interruptAfterTwoEpochsOf("mlp(32) → mlp(8)");
        assertThat(chain.run(epochs(3).seed(5).checkpoint(file)).interrupted()).isTrue();
        stopWatching();
        Run last = chain.run(epochs(3).seed(5).checkpoint(file));
        assertThat(last.teacher().fingerprint()).isEqualTo(whole.teacher().fingerprint());
        assertThat(last.student().fingerprint()).isEqualTo(whole.student().fingerprint());
        assertThat(resume(file.toString()).fingerprint()).isEqualTo(whole.student().fingerprint());
    }

    @Test
    void eachGenerationKeepsACheckpointOfItsOwn(@TempDir Path folder) throws IOException {
        Distillation generations = distill(TEACHER).into(mlp(8)).generations(3).on(DIGITS.train());
        TrainingOptions kept = epochs(2).seed(1).checkpoint(folder.resolve("run.checkpoint"));
        String whole = generations.run(epochs(2).seed(1)).student().fingerprint();
        assertThat(generations.run(kept).student().fingerprint()).isEqualTo(whole);
        assertThat(generations.run(kept).student().fingerprint()).isEqualTo(whole);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.checkpoint.1", "run.checkpoint.2", "run.checkpoint");
        }
    }

    private static void interruptAfterTwoEpochsOf(String title) {
        Monitor.use(() -> progress -> {
            if (progress.title().startsWith(title) && progress.stage().equals("epoch 2 of 3")) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
