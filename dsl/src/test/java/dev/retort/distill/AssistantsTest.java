package dev.retort.distill;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.data.DataSet;
import dev.retort.model.Classifier;
import dev.retort.train.Monitor;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
}
