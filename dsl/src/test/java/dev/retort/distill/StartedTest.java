package dev.retort.distill;

import static dev.retort.Retort.cart;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.data.DataSet;
import dev.retort.model.Classifier;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StartedTest {
    private static final int LONG = 1_000_000;
    private static final DataSet DIGITS = dataset("digits");
    private static final Classifier TEACHER = mlp(64).fit(DIGITS.train(), epochs(10).seed(1));

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @Test
    void theStudentSoFarAnswersWhileItTrains() {
        Started run = distill(TEACHER).into(mlp(16)).on(DIGITS.train()).start(epochs(LONG).seed(1));
        Classifier early = run.student();
        Classifier later = run.student();
        assertThat(run.isRunning()).isTrue();
        assertThat(early.scores(DIGITS.test())).isNotEqualTo(later.scores(DIGITS.test()));
        Run stopped = run.stop();
        assertThat(stopped.interrupted()).isTrue();
        assertThat(run.isRunning()).isFalse();
        assertThat(run.student()).isSameAs(stopped.student());
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void inTheBackgroundItBecomesTheSameStudent() {
        Run background = distill(TEACHER).into(mlp(16)).on(DIGITS.train()).start(epochs(20).seed(4)).await();
        Run foreground = distill(TEACHER).into(mlp(16)).on(DIGITS.train()).run(epochs(20).seed(4));
        assertThat(background.student().fingerprint()).isEqualTo(foreground.student().fingerprint());
    }

    @Test
    void twoTrainingsAtOnceDoNotDisturbEachOther() {
        Started run = distill(TEACHER).into(mlp(16)).on(DIGITS.train()).start(epochs(30).seed(4));
        String beside = mlp(8).fit(DIGITS.train(), epochs(5).seed(2)).fingerprint();
        assertThat(beside).isEqualTo(mlp(8).fit(DIGITS.train(), epochs(5).seed(2)).fingerprint());
        assertThat(run.await().student().fingerprint())
                .isEqualTo(distill(TEACHER).into(mlp(16)).on(DIGITS.train()).run(epochs(30).seed(4)).student().fingerprint());
    }

    @Test
    void aTreeComesAtTheEnd() {
        Started run = distill(TEACHER).into(cart(6)).on(DIGITS.train()).start();
        assertThat(run.student()).isSameAs(run.await().student());
    }

    @Test
    void itsFailureIsThrownWhereItIsAwaited() {
        Started run = distill(TEACHER).into(mlp(16)).on(DIGITS.train()).loss(softTargets(2)).start(epochs(3).learningRate(1e30));
        assertThatThrownBy(run::await).hasMessageContaining("learning rate");
        assertThatThrownBy(run::student).hasMessageContaining("learning rate");
    }

    @Test
    void anInterruptedWaitLeavesItRunning() {
        Started run = distill(TEACHER).into(mlp(16)).on(DIGITS.train()).start(epochs(LONG));
        run.student();
        Thread.currentThread().interrupt();
        assertThatThrownBy(run::await).isInstanceOf(CancellationException.class).hasMessageContaining("goes on in the background");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.isRunning()).isTrue();
        run.stop();
    }
}
