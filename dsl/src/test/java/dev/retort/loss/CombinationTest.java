package dev.retort.loss;

import static dev.retort.Retort.cosine;
import static dev.retort.Retort.crd;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.hint;
import static dev.retort.Retort.pkt;
import static dev.retort.Retort.ramp;
import static dev.retort.Retort.rkdAngle;
import static dev.retort.Retort.rkdDistance;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.retort.device.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CombinationTest {
    private static final double[][] STUDENT = {{1, 2, 3}, {0, 1, 0}};
    private static final double[][] TEACHER = {{2, 1, 0}, {0, 3, 1}};
    private static final int[] LABELS = {0, 1};

    @Test
    void termsAddAndScale() {
        Loss both = softTargets(4).times(0.9).plus(hardLabels().times(0.1));
        double expected = 0.9 * softTargets(4).value(STUDENT, TEACHER, LABELS) + 0.1 * hardLabels().value(STUDENT, TEACHER, LABELS);
        assertThat(both.value(STUDENT, TEACHER, LABELS)).isFinite().isCloseTo(expected, within(1e-12));
        assertThat(both.weight()).isCloseTo(1, within(1e-12));
        assertThat(both).hasToString("softTargets(4).times(0.9).plus(hardLabels().times(0.1))");
    }

    @Test
    void termsBetweenLayersAddAndScaleToo() {
        Loss both = rkdDistance().times(25).plus(rkdAngle().times(50));
        double expected = 25 * rkdDistance().value(STUDENT, TEACHER) + 50 * rkdAngle().value(STUDENT, TEACHER);
        assertThat(both.value(STUDENT, TEACHER)).isFinite().isCloseTo(expected, within(1e-12));
        assertThat(both).hasToString("rkdDistance().times(25).plus(rkdAngle().times(50))");
    }

    @Test
    void aWeightFollowsItsSchedule() {
        Loss fading = softTargets(4).times(cosine(1, 0)).plus(hardLabels().times(ramp(0, 2)));
        double soft = softTargets(4).value(STUDENT, TEACHER, LABELS);
        double hard = hardLabels().value(STUDENT, TEACHER, LABELS);
        assertThat(fading.value(STUDENT, TEACHER, LABELS)).as("the beginning").isFinite().isCloseTo(soft, within(1e-12));
        assertThat(at(fading, 0.5, 10)).isFinite().isCloseTo(0.5 * soft + hard, within(1e-12));
        assertThat(at(fading, 1, 10)).isFinite().isCloseTo(2 * hard, within(1e-12));
        assertThat(fading.weight()).isEqualTo(3);
        assertThat(fading).hasToString("softTargets(4).times(cosine(1, 0)).plus(hardLabels().times(ramp(0, 2)))");
        assertThat(fading.terms(new Moment(0.5, 10)).values()).satisfiesExactly(
                weight -> assertThat(weight).isCloseTo(0.5, within(1e-12)), weight -> assertThat(weight).isEqualTo(1));
    }

    @Test
    void stagesFollowOneAnotherByEpochs() {
        Loss stages = softTargets(1).epochs(3).then(softTargets(2).epochs(2)).then(hardLabels());
        double[] expected = {1, 1, 1, 2, 2, 0, 0, 0, 0, 0};
        for (int epoch = 0; epoch < 10; epoch++) {
            Loss active = expected[epoch] == 0 ? hardLabels() : softTargets(expected[epoch]);
            assertThat(stages.terms(new Moment(epoch / 10.0, 10))).as("epoch " + epoch).containsOnlyKeys(active);
            assertThat(at(stages, (epoch + 0.99) / 10, 10)).as("epoch " + epoch).isEqualTo(active.value(STUDENT, TEACHER, LABELS));
        }
        assertThat(stages).hasToString("softTargets(1).epochs(3).then(softTargets(2).epochs(2)).then(hardLabels())");
        assertThatThrownBy(() -> hardLabels().epochs(0)).hasMessageContaining("hardLabels().epochs(0): at least one epoch");
    }

    @Test
    void stackedStagesKeepTheLowerLosses() {
        Loss low = hint("layer.3").guides("layer.1");
        Loss middle = hint("layer.5").guides("layer.2");
        Loss high = pkt();
        Loss stacked = low.epochs(1).stack(middle.epochs(1)).stack(high.epochs(1)).then(hardLabels());
        assertThat(stacked.terms(new Moment(0, 8))).containsOnlyKeys(low);
        assertThat(stacked.terms(new Moment(1 / 8.0, 8))).containsOnlyKeys(low, middle);
        assertThat(stacked.terms(new Moment(2 / 8.0, 8))).containsOnlyKeys(low, middle, high);
        assertThat(stacked.terms(new Moment(3 / 8.0, 8))).containsOnlyKeys(hardLabels());
        assertThat(low.epochs(1).stack(high).terms(new Moment(1, 8))).containsOnlyKeys(low, high);
        assertThat(stacked.needs().studentLayers()).contains("layer.1", "layer.2");
    }

    @Test
    void layersAreNamedAsTheyAreWritten() {
        assertThat(hint()).hasToString("hint()");
        assertThat(hint("layer.6")).hasToString("hint(\"layer.6\")");
        assertThat(hint("layer.6").guides("layer.2")).hasToString("hint(\"layer.6\").guides(\"layer.2\")");
        assertThat(crd(64, "layer.6").guides("layer.2")).hasToString("crd(64, \"layer.6\").guides(\"layer.2\")");
    }

    @Test
    void layersThatAreNotNamedAreTheLastHiddenOnes() {
        Map<String, Shape> teacher = layers(new Shape(8, 4, 4), new Shape(128), new Shape(64), new Shape(10));
        Map<String, Shape> student = layers(new Shape(32), new Shape(10));
        Loss placed = rkdDistance().times(2).plus(hardLabels()).between(new Layout(100, student, teacher));
        assertThat(placed).hasToString("rkdDistance(\"layer.3\").guides(\"layer.1\").times(2).plus(hardLabels())");
        Loss staged = hint().epochs(1).then(hardLabels()).between(new Layout(100, student, teacher));
        assertThat(staged).hasToString("hint(\"layer.3\").guides(\"layer.1\").epochs(1).then(hardLabels())");
        assertThat(staged.parts(new Layout(100, student, teacher))).extracting(Part::shape).containsExactly(new Shape(64, 32), new Shape(64, 1));
    }

    @Test
    void aTermIsGivenWhatItCompares() {
        assertThatThrownBy(() -> softTargets(4).value(STUDENT, TEACHER)).hasMessageContaining("softTargets(4) compares logits");
        assertThatThrownBy(() -> pkt().value(STUDENT, TEACHER, LABELS)).hasMessageContaining("pkt() compares inner layers");
        assertThatThrownBy(() -> hint().value(STUDENT, new double[][] {{1}, {2}}))
                .hasMessageContaining("between the student's width 3 and the teacher's 1").hasMessageContaining("here the widths must be equal");
        assertThatThrownBy(() -> pkt().value(STUDENT, new double[][] {{1, 2, 3}}))
                .hasMessageContaining("the student's rows are 2, but the teacher's rows are 1");
        assertThatThrownBy(() -> hardLabels().value(STUDENT, null, new int[] {1})).hasMessageContaining("but the labels are 1");
    }

    private static Map<String, Shape> layers(Shape... shapes) {
        Map<String, Shape> layers = new LinkedHashMap<>();
        for (Shape shape : shapes) {
            layers.put("layer." + (layers.size() + 1), shape);
        }
        return layers;
    }

    private static double at(Loss loss, double progress, int epochs) {
        try (NDManager manager = Torch.manager()) {
            Batch start = Batch.of(manager, STUDENT, TEACHER, LABELS);
            return loss.of(new Batch(start.student(), start.teacher(), start.labels(), start.rows(), Map.of(), Map.of(), Map.of(),
                    new Moment(progress, epochs))).getDouble();
        }
    }
}
