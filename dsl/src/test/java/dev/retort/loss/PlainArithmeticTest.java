package dev.retort.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Terms without published numbers, beside the same equations in plain loops. */
class PlainArithmeticTest {
    private static final double[][] STUDENT = {{1, 2, 3}, {0, 1, 0}};
    private static final double[][] TEACHER = {{2, 1, 0}, {0, 3, 1}};
    private static final int[] LABELS = {0, 1};

    @Test
    void labelSmoothing() {
        double expected = 0;
        for (int row = 0; row < 2; row++) {
            double[] p = softmax(STUDENT[row], 1);
            for (int c = 0; c < 3; c++) {
                expected -= ((c == LABELS[row] ? 0.7 : 0) + 0.3 / 3) * Math.log(p[c]) / 2;
            }
        }
        assertThat(new LabelSmoothing(0.3).value(STUDENT, null, LABELS)).isFinite().isCloseTo(expected, within(1e-12));
        assertThat(new LabelSmoothing(0).value(STUDENT, null, LABELS)).isEqualTo(new HardLabels().value(STUDENT, null, LABELS));
    }

    @Test
    void teacherLabels() {
        double expected = -(Math.log(softmax(STUDENT[0], 1)[0]) + Math.log(softmax(STUDENT[1], 1)[1])) / 2;
        assertThat(new TeacherLabels().value(STUDENT, TEACHER, null)).isFinite().isCloseTo(expected, within(1e-12));
    }

    @Test
    void logitsMse() {
        assertThat(new LogitsMse().value(STUDENT, TEACHER, null)).isFinite().isCloseTo((1 + 1 + 9 + 0 + 4 + 1) / 6.0, within(1e-12));
    }

    @Test
    void softCosine() {
        double expected = 0;
        for (int row = 0; row < 2; row++) {
            expected += (1 - cosine(softmax(STUDENT[row], 2), softmax(TEACHER[row], 2))) / 2;
        }
        assertThat(new SoftCosine(2).value(STUDENT, TEACHER, null)).isFinite().isCloseTo(expected, within(1e-12));
        assertThat(new LayerLoss(new HiddenCosine()).value(STUDENT, TEACHER)).isFinite()
                .isCloseTo(1 - (cosine(STUDENT[0], TEACHER[0]) + cosine(STUDENT[1], TEACHER[1])) / 2, within(1e-12));
    }

    @Test
    void attentionKl() {
        double[][] student = {{0.2, 0.8}, {0.5, 0.5}};
        double[][] teacher = {{0.6, 0.4}, {0.9, 0.1}};
        double expected = 0;
        for (int row = 0; row < 2; row++) {
            for (int i = 0; i < 2; i++) {
                expected += teacher[row][i] * Math.log(teacher[row][i] / student[row][i]) / 2;
            }
        }
        assertThat(new LayerLoss(new AttentionKl()).value(student, teacher)).isFinite().isCloseTo(expected, within(1e-9));
    }

    /** Three classes against five: what the smaller lacks has the probability 0, and sorts before all others. */
    @Test
    void uldAcrossVocabularies() {
        double[][] five = {{2, 1, 0, -1, 3}, {0, 3, 1, 1, 0}};
        double expected = 0;
        for (int row = 0; row < 2; row++) {
            double[] small = Arrays.copyOf(softmax(STUDENT[row], 1), 5);
            double[] large = softmax(five[row], 1);
            Arrays.sort(small);
            Arrays.sort(large);
            for (int c = 0; c < 5; c++) {
                expected += Math.abs(small[c] - large[c]) / 2;
            }
        }
        assertThat(new Uld().value(STUDENT, five, null)).isFinite().isCloseTo(expected, within(1e-12));
        assertThat(new Uld().value(five, STUDENT, null)).isFinite().isCloseTo(expected, within(1e-12));
    }

    private static double[] softmax(double[] logits, double temperature) {
        double sum = 0;
        double[] p = new double[logits.length];
        for (int c = 0; c < p.length; c++) {
            p[c] = Math.exp(logits[c] / temperature);
            sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
            p[c] /= sum;
        }
        return p;
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            ofA += a[i] * a[i];
            ofB += b[i] * b[i];
        }
        return product / Math.sqrt(ofA * ofB);
    }
}
