package dev.retort.distill;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.data.DataSet;
import dev.retort.model.Classifier;
import dev.retort.train.Monitor;
import dev.retort.train.TrainingOptions;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GainTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final Classifier TEACHER = mlp(64).fit(DIGITS.train(), epochs(10).seed(1));

    @Test
    void aTwinIsTheSameStudentTrainedOnceWithoutTheTeacher() {
        AtomicInteger trainings = new AtomicInteger();
        Run run = distill(TEACHER).into(mlp(16)).on(DIGITS.train()).run(epochs(2).seed(7));
        Monitor.use(() -> {
            trainings.incrementAndGet();
            return progress -> { };
        });
        Classifier twin = run.twin();
        assertThat(run.twin()).isSameAs(twin);
        assertThat(trainings).hasValue(1);
        assertThat(twin.provenance().teacher()).isNull();
        assertThat(twin.fingerprint()).isEqualTo(mlp(16).fit(DIGITS.train(), epochs(2).seed(7)).fingerprint());
        Gain gain = run.gain(DIGITS.test());
        assertThat(gain.distilled()).isEqualTo(run.student().accuracy(DIGITS.test()));
        assertThat(gain.alone()).isEqualTo(twin.accuracy(DIGITS.test()));
    }

    @Test
    void theCheckpointIsTheStudentsAndNotItsTwins(@TempDir Path folder) {
        TrainingOptions options = epochs(2).seed(7);
        Run run = distill(TEACHER).into(mlp(8)).on(DIGITS.train()).run(options.checkpoint(folder.resolve("run.checkpoint")));
        assertThat(run.twin().fingerprint()).isEqualTo(mlp(8).fit(DIGITS.train(), options).fingerprint());
    }

    /** The example of the exact binomial test: of 20 rows that only one has right, 15 against 5. */
    @Test
    void rowsAreComparedByMcNemarsExactTest() {
        Gain gain = onRows(15, 5, 80);
        assertThat(gain.p()).isCloseTo(0.041389, within(1e-6));
        assertThat(gain.verdict()).isEqualTo(Gain.Verdict.HELPED);
        assertThat(gain.difference()).isCloseTo(0.1, within(1e-12));
        assertThat(gain.margin()).isCloseTo(1.96 * Math.sqrt((0.2 - 0.01) / 100), within(1e-12));
        assertThat(onRows(5, 15, 80).verdict()).isEqualTo(Gain.Verdict.HURT);
        assertThat(onRows(14, 6, 80).verdict()).isEqualTo(Gain.Verdict.INCONCLUSIVE);
        assertThat(onRows(0, 0, 10).p()).isEqualTo(1);
        assertThat(onRows(14, 6, 80)).hasToString("a → b: 94.00 % with the teacher, 86.00 % without; +8.00 points ± 8.62, "
                + "p = 0.115 (McNemar on 100 rows, 14 won, 6 lost): inconclusive");
    }

    /** Student's own data (1908): additional hours of sleep with two drugs, t = -4.0621, p = 0.002833. */
    @Test
    void seedsAreComparedByThePairedTTest() {
        Gain gain = Gain.overSeeds("sleep",
                new double[] {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0},
                new double[] {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4});
        assertThat(gain.p()).isCloseTo(0.002833, within(1e-6));
        assertThat(gain.difference() - gain.margin()).isCloseTo(-2.4598858, within(1e-6));
        assertThat(gain.difference() + gain.margin()).isCloseTo(-0.7001142, within(1e-6));
        assertThat(gain.verdict()).isEqualTo(Gain.Verdict.HURT);
        assertThat(Gain.overSeeds("equal", new double[] {0.5, 0.6}, new double[] {0.5, 0.6}).verdict()).isEqualTo(Gain.Verdict.INCONCLUSIVE);
    }

    @Test
    void anInterruptedRunHasNoTwin() {
        Monitor.use(() -> progress -> {
            if (progress.stage().equals("epoch 2 of 500")) {
                Thread.currentThread().interrupt();
            }
        });
        Run run = distill(TEACHER).into(mlp(16)).on(DIGITS.train()).run(epochs(500));
        Monitor.use(() -> progress -> { });
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(run::twin).hasMessageContaining("larger budget");
    }

    private static Gain onRows(int won, int lost, int both) {
        int[] labels = new int[won + lost + both];
        int[] distilled = IntStream.range(0, labels.length).map(i -> i < won || i >= won + lost ? 0 : 1).toArray();
        int[] alone = IntStream.range(0, labels.length).map(i -> i >= won ? 0 : 1).toArray();
        return Gain.onRows("a → b", distilled, alone, labels);
    }
}
