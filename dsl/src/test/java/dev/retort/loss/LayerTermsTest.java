package dev.retort.loss;

import static dev.retort.loss.Trial.STUDENT;
import static dev.retort.loss.Trial.TEACHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerTermsTest {
    private static final Shape NARROW = new Shape(3);
    private static final Shape WIDE = new Shape(4);
    private static final Shape MAPS = new Shape(2, 3, 2);

    static Stream<Trial> trials() {
        return Trial.ofAllTerms();
    }

    static Stream<Trial> zeroAtEquality() {
        return Stream.of(
                Trial.of(new Hint(), NARROW, NARROW), Trial.of(new Hint(), MAPS, MAPS), Trial.of(new RkdDistance(), NARROW, NARROW),
                Trial.of(new RkdAngle(), NARROW, NARROW), Trial.of(new SimilarityPreserving(), NARROW, NARROW),
                Trial.of(new Pkt(), NARROW, NARROW), Trial.of(new AttentionTransfer(), MAPS, MAPS), Trial.of(new Nst(), MAPS, MAPS),
                Trial.of(new HiddenCosine(), NARROW, NARROW), Trial.of(new AttentionKl(), MAPS, MAPS));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void gradientsEqualFiniteDifferences(Trial trial) {
        double h = 1e-5;
        trial.gradients().forEach((name, gradient) -> {
            int stride = Math.max(1, gradient.length / 97);
            for (int i = 0; i < gradient.length; i += stride) {
                double slope = (trial.moved(name, i, h).value() - trial.moved(name, i, -h).value()) / (2 * h);
                assertThat(gradient[i]).as(name + " " + i).isFinite().isCloseTo(slope, within(1e-7));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("zeroAtEquality")
    void aStudentThatEqualsItsTeacherHasNothingToLearn(Trial trial) {
        double value = trial.with(STUDENT, trial.numbers().get(TEACHER)).value();
        assertThat(value).isFinite().isCloseTo(0, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void theOrderOfRowsDoesNotMatter(Trial trial) {
        assertThat(trial.reversed().value()).isFinite().isCloseTo(trial.value(), within(1e-12));
    }

    /** Rows that no unit answers to have no direction and no distance to learn from. */
    @ParameterizedTest
    @MethodSource("trials")
    void deadUnitsGiveFiniteGradients(Trial trial) {
        double[] student = trial.numbers().get(STUDENT).clone();
        Arrays.fill(student, 0, student.length / 2, trial.loss().term() instanceof AttentionKl ? 0.25 : 0);
        assertThat(DoubleStream.of(trial.with(STUDENT, student).gradients().get(STUDENT)).boxed())
                .allSatisfy(slope -> assertThat(slope).isFinite().isBetween(-100.0, 100.0));
    }

    /** As the last batch of an epoch can be. */
    @ParameterizedTest
    @MethodSource("trials")
    void oneRowIsEnough(Trial trial) {
        Trial first = trial.first();
        assertThat(first.value()).isFinite();
        assertThat(DoubleStream.of(first.gradients().get(STUDENT)).boxed()).allSatisfy(slope -> assertThat(slope).isFinite());
    }

    @Test
    void theMemoryOfContrastMovesHalfWay() {
        Trial trial = Trial.of(new Crd(9), NARROW, WIDE);
        double[] before = trial.partAfter(0, "teacher's memory");
        double[] after = trial.partAfter(1, "teacher's memory");
        assertThat(Arrays.copyOfRange(after, 128, 256)).as("row 1, which is not in the batch").isEqualTo(Arrays.copyOfRange(before, 128, 256));
        assertThat(DoubleStream.of(after).limit(128).map(x -> x * x).sum()).as("length of row 0").isCloseTo(1, within(1e-9));
        assertThat(after[0]).isNotEqualTo(before[0]);
    }

    @Test
    void theNormaliserOfContrastIsThatOfTheFirstBatch() {
        Trial trial = Trial.of(new Crd(9), NARROW, WIDE);
        trial = trial.with(trial.partName("student's normaliser"), 0);
        double[] first = trial.partAfter(1, "student's normaliser");
        assertThat(first[0]).isPositive();
        assertThat(trial.partAfter(3, "student's normaliser")).isEqualTo(first);
    }
}
