package dev.retort;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.data.DataSet;
import dev.retort.distill.Run;
import dev.retort.distill.Started;
import dev.retort.model.Classifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Teachers that stopped before they had learned all that they could (Cho and Hariharan 2019). */
class EarlyStoppedTeacherTest {
    private static final int LONG = 1_000_000;
    private static final DataSet DIGITS = dataset("digits");

    @Test
    void aTeacherOfTwoEpochsTeaches() {
        assertTeaches(mlp(64).fit(DIGITS.train(), epochs(2).seed(1)));
    }

    @Test
    void aTeacherThatStoppedOnItsValidationRowsTeaches() {
        Classifier teacher = mlp(64).fit(DIGITS.train(), epochs(200).seed(1).learningRate(0.01).patience(2));
        assertThat(teacher.provenance().epochs()).isLessThan(200);
        assertTeaches(teacher);
    }

    @Test
    @Timeout(120)
    void whatAnotherRunHasLearnedSoFarTeaches() {
        Classifier master = mlp(64).fit(DIGITS.train(), epochs(10).seed(1));
        Started run = distill(master).into(mlp(64)).on(DIGITS.train()).start(epochs(LONG).seed(2));
        try {
            Classifier soFar = run.student();
            while (soFar.provenance().epochs() < 2) {
                soFar = run.student();
            }
            assertTeaches(soFar);
            assertThat(run.isRunning()).isTrue();
        } finally {
            run.stop();
        }
    }

    private static void assertTeaches(Classifier teacher) {
        Run run = distill(teacher).into(mlp(32)).on(DIGITS.train()).loss(softTargets(2)).run(epochs(30).seed(3));
        assertThat(run.history().doubleColumn("agreement").get(29)).isGreaterThan(0.7);
        assertThat(run.student().provenance().teacher().provenance()).isEqualTo(teacher.provenance());
    }
}
