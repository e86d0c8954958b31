package dev.retort.loss;

import static dev.retort.Retort.attentionKl;
import static dev.retort.Retort.attentionTransfer;
import static dev.retort.Retort.crd;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.hiddenCosine;
import static dev.retort.Retort.hint;
import static dev.retort.Retort.nst;
import static dev.retort.Retort.pkt;
import static dev.retort.Retort.rkdAngle;
import static dev.retort.Retort.rkdDistance;
import static dev.retort.Retort.similarityPreserving;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.vid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every term between layers, on plain arrays of one width. */
class FeatureValueTest {
    /** Rows that sum to 1, so that they do for attention too. */
    private static final double[][] STUDENT = {{0.2, 0.3, 0.5}, {0.6, 0.3, 0.1}, {0.1, 0.1, 0.8}};
    private static final double[][] TEACHER = {{0.7, 0.2, 0.1}, {0.25, 0.25, 0.5}, {0.4, 0.5, 0.1}};
    private static final double[][] LOGITS = {{1, 2, 3}, {0, 1, 0}, {2, 0, 0}};

    static Stream<Loss> thatEqualityEnds() {
        return Stream.of(hint(), hint("layer.3"), rkdDistance(), rkdAngle(), similarityPreserving(), pkt(), attentionTransfer(), nst(),
                hiddenCosine(), attentionKl("layer.3"), hint().times(2).plus(pkt()));
    }

    static Stream<Loss> all() {
        return Stream.concat(thatEqualityEnds(), Stream.of(vid(), crd(), crd(2)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theNearerTheStudentTheSmallerTheValue(Loss term) {
        double apart = term.value(STUDENT, TEACHER);
        assertThat(apart).isFinite().isPositive();
        assertThat(term.value(TEACHER, TEACHER)).isFinite().isLessThan(apart);
    }

    @ParameterizedTest
    @MethodSource("thatEqualityEnds")
    void aStudentThatEqualsItsTeacherHasNothingToLearn(Loss term) {
        assertThat(term.value(TEACHER, TEACHER)).isFinite().isCloseTo(0, within(1e-12));
    }

    @Test
    void hintAndAttentionAreTheirEquations() {
        double squares = 0;
        double attention = 0;
        for (int row = 0; row < 3; row++) {
            double ofStudent = squaredLength(row, STUDENT);
            double ofTeacher = squaredLength(row, TEACHER);
            for (int i = 0; i < 3; i++) {
                squares += Math.pow(STUDENT[row][i] - TEACHER[row][i], 2) / 9;
                attention += Math.pow(Math.pow(STUDENT[row][i], 2) / ofStudent - Math.pow(TEACHER[row][i], 2) / ofTeacher, 2) / 9;
            }
        }
        assertThat(hint().value(STUDENT, TEACHER)).isFinite().isCloseTo(squares, within(1e-12));
        assertThat(attentionTransfer().value(STUDENT, TEACHER)).isFinite().isCloseTo(attention, within(1e-12));
    }

    /** The length of the attention map, which is the square of a row. */
    private static double squaredLength(int row, double[][] rows) {
        double sum = 0;
        for (double x : rows[row]) {
            sum += Math.pow(x, 4);
        }
        return Math.sqrt(sum);
    }

    @Test
    void aSumOfBothKindsSaysThatItHasNoValue() {
        Loss mixed = softTargets(2).plus(pkt().times(3));
        for (Loss loss : new Loss[] {mixed, hardLabels().plus(mixed), hint().epochs(1).then(hardLabels())}) {
            assertThatThrownBy(() -> loss.value(LOGITS, LOGITS, new int[] {0, 1, 2})).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(loss + " compares logits and inner layers, and no arrays are both");
            assertThatThrownBy(() -> loss.value(STUDENT, TEACHER)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(loss + " compares logits and inner layers, and no arrays are both");
        }
        assertThatThrownBy(() -> mixed.value(STUDENT, TEACHER)).hasMessageEndingWith("ask its terms one by one: [softTargets(2), pkt()]");
    }
}
