package dev.retort.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.retort.device.Torch;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {
    private static final double[][] STUDENT = {{1, 2, 3}, {0, 1, 0}};
    private static final double[][] TEACHER = {{2, 1, 0}, {0, 3, 1}};
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int[] LABELS = {0, 1};

    static Stream<Loss> losses() {
        return Stream.of(
                new SoftTargets(1), new SoftTargets(4), new HardLabels(), new TeacherLabels(), new LabelSmoothing(0.1),
                new Dkd(1, 8, 4), new Dist(1), new Dist(4), new Standardised(2), new SoftCosine(2), new Uld(),
                new Jsd(0), new Jsd(0.3), new Jsd(1),
                new SoftTargets(4).times(0.9).plus(new HardLabels().times(0.1)));
    }

    static Stream<Loss> withLogitsThatMayNotBeShifted() {
        return Stream.concat(losses(), Stream.of(new LogitsMse()));
    }

    static Stream<Loss> zeroAtEquality() {
        return Stream.of(
                new SoftTargets(1), new SoftTargets(8), new LogitsMse(), new Dkd(1, 8, 4), new Dist(4), new Standardised(2), new SoftCosine(2),
                new Uld(), new Jsd(0), new Jsd(0.3), new Jsd(1));
    }

    @ParameterizedTest
    @MethodSource("zeroAtEquality")
    void aStudentThatEqualsItsTeacherHasNothingToLearn(Loss loss) {
        assertThat(loss.value(TEACHER, TEACHER, LABELS)).isFinite().isCloseTo(0, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("withLogitsThatMayNotBeShifted")
    void theOrderOfRowsDoesNotMatter(Loss loss) {
        double forward = loss.value(STUDENT, TEACHER, LABELS);
        double backward = loss.value(
                new double[][] {STUDENT[1], STUDENT[0]}, new double[][] {TEACHER[1], TEACHER[0]}, new int[] {LABELS[1], LABELS[0]});
        assertThat(backward).isCloseTo(forward, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void addingAConstantToALogitRowChangesNothing(Loss loss) {
        double[][] shifted = {{101, 102, 103}, {-50, -49, -50}};
        assertThat(loss.value(shifted, TEACHER, LABELS)).isCloseTo(loss.value(STUDENT, TEACHER, LABELS), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void hugeLogitsStayFinite(Loss loss) {
        assertThat(loss.value(new double[][] {{1e4, -1e4, 0}}, new double[][] {{-1e4, 1e4, 0}}, new int[] {1})).isFinite();
    }

    /** As the last batch of an epoch can be. */
    @ParameterizedTest
    @MethodSource("withLogitsThatMayNotBeShifted")
    void oneRowIsEnough(Loss loss) {
        assertThat(loss.value(new double[][] {STUDENT[0]}, new double[][] {TEACHER[0]}, new int[] {0})).isFinite().isNotNegative();
    }

    @ParameterizedTest
    @MethodSource("withLogitsThatMayNotBeShifted")
    void gradientsEqualFiniteDifferences(Loss loss) {
        double[] student = new Random(3).doubles(12, -2, 2).toArray();
        double[] teacher = new Random(4).doubles(12, -2, 2).toArray();
        try (NDManager manager = Torch.manager()) {
            double[] gradient = gradient(manager, loss, student, teacher);
            double h = 1e-5;
            for (int i = 0; i < student.length; i++) {
                double[] above = student.clone();
                double[] below = student.clone();
                above[i] += h;
                below[i] -= h;
                double slope = (value(manager, loss, above, teacher) - value(manager, loss, below, teacher)) / (2 * h);
                assertThat(gradient[i]).isFinite().isCloseTo(slope, within(1e-8));
            }
        }
    }

    /** DJL's operations with a Java number let that number's memory go before the gradient reads it. */
    @ParameterizedTest
    @MethodSource("withLogitsThatMayNotBeShifted")
    void aGarbageCollectionBeforeTheGradientDoesNotChangeIt(Loss loss) throws InterruptedException {
        double[] student = new Random(3).doubles(12, -2, 2).toArray();
        double[] teacher = new Random(4).doubles(12, -2, 2).toArray();
        int times = 200;
        try (NDManager manager = Torch.manager()) {
            double[] once = gradient(manager, loss, student, teacher);
            NDArray logits = manager.create(student, new Shape(3, 4));
            logits.setRequiresGradient(true);
            Batch rows = batch(manager, logits, teacher);
            try (GradientCollector collector = Torch.engine().newGradientCollector()) {
                NDList values = new NDList();
                for (int i = 0; i < times; i++) {
                    values.add(loss.of(rows));
                }
                collectGarbage();
                List<ByteBuffer> reused = Stream.generate(LossTest::notANumber).limit(20_000).toList();
                collector.backward(NDArrays.stack(values).sum());
                double[] gradient = logits.getGradient().toDoubleArray();
                assertThat(reused).hasSize(20_000);
                for (int i = 0; i < gradient.length; i++) {
                    assertThat(gradient[i] / times).isFinite().isCloseTo(once[i], within(1e-9));
                }
            }
        }
    }

    private static ByteBuffer notANumber() {
        return ByteBuffer.allocateDirect(Double.BYTES).order(ByteOrder.nativeOrder()).putDouble(Double.NaN);
    }

    /** Several rounds: a buffer's memory goes some time after the buffer. */
    private static void collectGarbage() throws InterruptedException {
        for (int round = 0; round < 3; round++) {
            CountDownLatch collected = new CountDownLatch(1);
            CLEANER.register(new Object(), collected::countDown);
            do {
                System.gc();
            } while (!collected.await(50, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void aLossHasThePrecisionOfItsLogits() {
        try (NDManager manager = Torch.manager()) {
            NDArray logits = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
            Batch batch = Batch.of(logits, logits, manager.create(new long[] {0, 1}));
            assertThat(losses()).allSatisfy(loss -> assertThat(loss.of(batch).getDataType()).isEqualTo(DataType.FLOAT32));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aTemperatureIsPositive(double temperature) {
        assertThatThrownBy(() -> new SoftTargets(temperature))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a temperature is above 0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aWeightIsNotNegative(double weight) {
        assertThatThrownBy(() -> new HardLabels().times(weight))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a weight is 0 or more");
    }

    private static double[] gradient(NDManager manager, Loss loss, double[] student, double[] teacher) {
        NDArray logits = manager.create(student, new Shape(3, 4));
        logits.setRequiresGradient(true);
        try (GradientCollector collector = Torch.engine().newGradientCollector()) {
            collector.backward(loss.of(batch(manager, logits, teacher)));
            return logits.getGradient().toDoubleArray();
        }
    }

    private static double value(NDManager manager, Loss loss, double[] student, double[] teacher) {
        return loss.of(batch(manager, manager.create(student, new Shape(3, 4)), teacher)).getDouble();
    }

    private static Batch batch(NDManager manager, NDArray student, double[] teacher) {
        return Batch.of(student, manager.create(teacher, new Shape(3, 4)), manager.create(new long[] {0, 3, 1}));
    }
}
