package dev.retort.loss;

import static dev.retort.Retort.dist;
import static dev.retort.Retort.dkd;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.jsd;
import static dev.retort.Retort.pkt;
import static dev.retort.Retort.rkdAngle;
import static dev.retort.Retort.rkdDistance;
import static dev.retort.Retort.similarityPreserving;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.standardised;
import static dev.retort.Retort.uld;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers were computed with the public reference implementations in PyTorch 2.7.1. */
class GoldenTest {
    private static final double[][] STUDENT = {{1, 2, 3}, {0, 1, 0}};
    private static final double[][] TEACHER = {{2, 1, 0}, {0, 3, 1}};
    private static final int[] LABELS = {0, 1};
    private static final double[][] STUDENT_FEATURES = {{1, 0}, {0, 2}, {1, 1}};
    private static final double[][] TEACHER_FEATURES = {{1, 1, 0}, {0, 2, 1}, {3, 0, 1}};

    static Stream<Arguments> termsOnLogits() {
        return Stream.of(
                arguments(softTargets(1), 0.666902), arguments(softTargets(4), 0.825282),
                arguments(dkd(1, 0, 4), 0.648657), arguments(dkd(0, 1, 4), 0.310722), arguments(dkd(1, 8, 4), 3.134436),
                arguments(jsd(0.5), 0.149387), arguments(jsd(0.1), 0.056952), arguments(jsd(0.9), 0.059322),
                arguments(jsd(0), 0.666902), arguments(jsd(1), 0.702323),
                arguments(dist(1), 2.268538), arguments(dist(4), 37.494328),
                arguments(standardised(2), 0.653718),
                arguments(uld(), 0.267678));
    }

    @ParameterizedTest
    @MethodSource("termsOnLogits")
    void aTermOnLogitsHasItsGoldenValue(Loss term, double golden) {
        assertThat(term.value(STUDENT, TEACHER, LABELS)).isFinite().isCloseTo(golden, within(1e-5));
    }

    static Stream<Arguments> termsOnFeatures() {
        return Stream.of(
                arguments(rkdDistance(), 0.101935), arguments(rkdAngle(), 0.147387),
                arguments(similarityPreserving(), 0.099957), arguments(pkt(), 0.010781));
    }

    @ParameterizedTest
    @MethodSource("termsOnFeatures")
    void aTermOnFeaturesHasItsGoldenValue(Loss term, double golden) {
        assertThat(term.value(STUDENT_FEATURES, TEACHER_FEATURES)).isFinite().isCloseTo(golden, within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({"1, 1.150421", "2, 1.280627", "4, 1.319632"})
    void softTargetsOfOneRowCarryTheSquareOfTheTemperature(double temperature, double golden) {
        double value = softTargets(temperature).value(new double[][] {{0, 1, 2}}, new double[][] {{2, 1, 0}}, null);
        assertThat(value).isFinite().isCloseTo(golden, within(1e-5));
    }

    @Test
    void hardLabelsHaveTheirGoldenValue() {
        assertThat(hardLabels().value(new double[][] {{0, 1, 2}}, null, new int[] {0})).isFinite().isCloseTo(2.407606, within(1e-5));
    }

    /** Of each row the target class, and the others with the share that the teacher leaves them (Zhao et al. 2022). */
    @Test
    void softTargetsAreTheTargetClassAndTheOthersByTheirShare() {
        double mean = 0;
        for (int row = 0; row < LABELS.length; row++) {
            double[][] student = {STUDENT[row]};
            double[][] teacher = {TEACHER[row]};
            int[] label = {LABELS[row]};
            double target = dkd(1, 0, 4).value(student, teacher, label);
            double others = dkd(0, 1, 4).value(student, teacher, label);
            mean += (target + (1 - softened(TEACHER[row], LABELS[row], 4)) * others) / LABELS.length;
        }
        assertThat(mean).isFinite().isCloseTo(0.825283, within(1e-5)).isCloseTo(softTargets(4).value(STUDENT, TEACHER, null), within(1e-5));
    }

    private static double softened(double[] logits, int label, double temperature) {
        return Math.exp(logits[label] / temperature) / DoubleStream.of(logits).map(logit -> Math.exp(logit / temperature)).sum();
    }
}
