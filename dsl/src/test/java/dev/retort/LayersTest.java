package dev.retort;

import static dev.retort.Retort.attentionKl;
import static dev.retort.Retort.attentionTransfer;
import static dev.retort.Retort.block;
import static dev.retort.Retort.cnn;
import static dev.retort.Retort.crd;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.hiddenCosine;
import static dev.retort.Retort.hint;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.nst;
import static dev.retort.Retort.pkt;
import static dev.retort.Retort.rkdAngle;
import static dev.retort.Retort.rkdDistance;
import static dev.retort.Retort.similarityPreserving;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.vid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.distill.Run;
import dev.retort.loss.Loss;
import dev.retort.loss.Stages;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;

/** Students that learn from what goes on inside a teacher. */
class LayersTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final Split ROWS = DIGITS.train();
    private static Classifier dense;
    private static Classifier convolutional;

    @BeforeAll
    static void trainTheTeachers() {
        dense = mlp(64, 32).fit(ROWS, epochs(10).seed(1));
        convolutional = cnn(8, 16).fit(ROWS, epochs(3).seed(1));
    }

    @Test
    void aNetworkSaysWhatItsLayersAre() {
        assertThat(dense.layers()).containsExactly(
                Map.entry("layer.1", new Shape(64)), Map.entry("layer.2", new Shape(64)), Map.entry("layer.3", new Shape(64)),
                Map.entry("layer.4", new Shape(32)), Map.entry("layer.5", new Shape(32)), Map.entry("layer.6", new Shape(10)));
        assertThat(convolutional.layers()).containsEntry("layer.1", new Shape(8, 8, 8)).containsEntry("layer.6", new Shape(16, 2, 2));
    }

    static Stream<Loss> amongDenseLayers() {
        return Stream.of(
                hint(), hint("layer.3").guides("layer.2"), vid(), rkdDistance(), rkdAngle(), similarityPreserving(), pkt(), crd(64),
                hiddenCosine("layer.5").guides("layer.3"));
    }

    @ParameterizedTest
    @MethodSource("amongDenseLayers")
    void aTermBetweenDenseLayersIsLearned(Loss term) {
        learns(distill(dense).into(mlp(32)).on(ROWS).loss(term).run(epochs(4).seed(1)));
    }

    static Stream<Loss> amongMaps() {
        return Stream.of(
                hint("layer.3").guides("layer.3"), vid("layer.6").guides("layer.3"), attentionTransfer(), nst(),
                rkdDistance("layer.3").guides("layer.3"), crd(64, "layer.3").guides("layer.3"));
    }

    @ParameterizedTest
    @MethodSource("amongMaps")
    void aTermBetweenMapsIsLearned(Loss term) {
        learns(distill(convolutional).into(cnn(4)).on(ROWS).loss(term).run(epochs(4).seed(1)));
    }

    private static void learns(Run run) {
        DoubleColumn losses = run.history().doubleColumn("loss");
        assertThat(losses.asList()).allSatisfy(loss -> assertThat(loss).isFinite());
        assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0));
    }

    @Test
    void hintsComeFirstAndSoftTargetsAfter() {
        Loss loss = hint().epochs(5).then(softTargets(2));
        Run run = distill(dense).into(mlp(32)).on(ROWS).loss(loss).run(epochs(25).seed(1));
        assertThat(run.loss()).hasToString("hint(\"layer.5\").guides(\"layer.3\").epochs(5).then(softTargets(2))");
        assertThat(run.student().accuracy(DIGITS.test())).isGreaterThan(0.75);
    }

    @Test
    void stagesFromTheBottomUpAddTheirLossesOrLeaveTheLowerBehind() {
        Stages low = hint("layer.3").guides("layer.3").epochs(4);
        Stages high = hint("layer.5").guides("layer.5").epochs(4);
        Run stacked = distill(dense).into(mlp(32, 16)).on(ROWS).loss(low.stack(high).then(softTargets(2))).run(epochs(25).batch(32).seed(1));
        Run progressive = distill(dense).into(mlp(32, 16)).on(ROWS).loss(low.then(high).then(softTargets(2))).run(epochs(25).batch(32).seed(1));
        for (Run run : List.of(stacked, progressive)) {
            DoubleColumn losses = run.history().doubleColumn("loss");
            for (int last : new int[] {3, 7, 24}) {
                assertThat(losses.get(last)).as("epoch " + (last + 1)).isFinite().isLessThan(losses.get(last - 3));
            }
            assertThat(run.student().accuracy(DIGITS.test())).isGreaterThan(0.75);
        }
        assertThat(stacked.history().doubleColumn("loss").get(0)).isEqualTo(progressive.history().doubleColumn("loss").get(0));
        assertThat(stacked.history().doubleColumn("loss").get(4)).as("the lower loss is still there")
                .isGreaterThan(progressive.history().doubleColumn("loss").get(4));
        assertThat(stacked.student().fingerprint()).isNotEqualTo(progressive.student().fingerprint());
    }

    /** Each line of an image attends to the eight lines: scores, and their softmax, as attention probabilities are. */
    private static Blueprint attending(String name) {
        return block(name, () -> new SequentialBlock()
                .addSingleton(images -> images.squeeze(1))
                .add(Linear.builder().setUnits(8).build())
                .addSingleton(scores -> scores.softmax(-1))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build()));
    }

    @Test
    void attentionIsLearned() {
        Classifier teacher = attending("teacher").fit(ROWS, epochs(10).seed(1));
        assertThat(teacher.layers()).containsEntry("layer.2", new Shape(8, 8)).containsEntry("layer.3", new Shape(8, 8));
        Loss attention = attentionKl("layer.3").guides("layer.3");
        for (Loss loss : List.of(attention, attention.plus(hiddenCosine("layer.2").guides("layer.2")))) {
            Run run = distill(teacher).into(attending("student")).on(ROWS).loss(loss).run(epochs(20).seed(2));
            learns(run);
            DoubleColumn losses = run.history().doubleColumn("loss");
            assertThat(losses.get(19)).as(loss.toString()).isLessThan(losses.get(0) / 2);
        }
    }

    @Test
    void whatALossLearnsIsNotInTheStudent(@TempDir Path folder) throws IOException {
        Classifier hinted = distill(dense).into(mlp(16)).on(ROWS).loss(crd(64).plus(vid())).run(epochs(1)).student();
        Classifier alone = mlp(16).fit(ROWS, epochs(1));
        hinted.save(folder.resolve("hinted"));
        assertThat(hinted.parameters()).isEqualTo(alone.parameters());
        assertThat(hinted.bytes()).isEqualTo(alone.bytes());
        assertThat(Files.size(folder.resolve("hinted"))).isLessThan(2 * alone.bytes());
    }

    @Test
    void theSameSeedGivesTheSameStudentBitByBit() {
        Loss loss = hint().plus(crd(64)).plus(softTargets(2));
        Run one = distill(dense).into(mlp(16)).on(ROWS).loss(loss).run(epochs(2).seed(3));
        Run again = distill(dense).into(mlp(16)).on(ROWS).loss(loss).run(epochs(2).seed(3));
        assertThat(again.student().fingerprint()).isEqualTo(one.student().fingerprint());
    }

    @Test
    void aTermWithoutWeightDoesNotChangeTheStudent() {
        Run soft = distill(dense).into(mlp(16)).on(ROWS).loss(softTargets(2)).run(epochs(2).seed(3));
        Run both = distill(dense).into(mlp(16)).on(ROWS).loss(softTargets(2).plus(hint().times(0))).run(epochs(2).seed(3));
        assertThat(both.student().scores(DIGITS.test())).isEqualTo(soft.student().scores(DIGITS.test()));
    }

    @Test
    void anAssistantsLayersTeachTheNextStudent() {
        Run run = distill(dense).into(mlp(32)).then(mlp(16)).on(ROWS).loss(hint().plus(softTargets(2))).run(epochs(1));
        assertThat(run.loss()).hasToString("hint(\"layer.3\").guides(\"layer.3\").plus(softTargets(2))");
    }

    @Test
    void layersThatDoNotExistOrMatchAreRefusedWhenTheyAreDeclared() {
        refused(mlp(16), hint("layer.9"), "hint(\"layer.9\"): no layer 'layer.9' in the teacher; it has layer.1, layer.2, layer.3,");
        refused(mlp(16), hint().guides("dense"), "hint().guides(\"dense\"): no layer 'dense' in the student; it has layer.2, ");
        refused(mlp(16), hiddenCosine(), "layer.3 of the student, rows of (16), with layer.5 of the teacher, rows of (32): "
                + "the shapes must be equal; hint(…) learns to match other widths");
        refused(mlp(16), hint().guides("layer.1"), "no layer 'layer.1' in the student");
        refused(cnn(4), hint().guides("layer.1"), "layer.1 of the student, maps of (4, 8, 8), with layer.5 of the teacher, rows of (32): "
                + "no regressor leads from the one to the other; name two convolutions, or two dense layers");
        refused(cnn(4), attentionTransfer(), "attentionTransfer() looks at maps (channels, height, width), such as a convolution's, "
                + "and the teacher has none");
        refused(mlp(16), attentionKl("layer.3"), "attentionKl(\"layer.3\") looks at attention probabilities (heads, tokens, tokens), "
                + "but layer.3 of the teacher has rows of (64)");
        refused(cnn(4), attentionTransfer("layer.3"), "but layer.3 of the teacher has rows of (64)");
    }

    @Test
    void aBlockThatHidesItsLayersSaysSo() {
        Blueprint hidden = block("hidden", () -> new ParallelBlock(outputs -> outputs.get(0), List.of(
                new SequentialBlock().add(Blocks.batchFlattenBlock()).add(Linear.builder().setUnits(10).build()))));
        refused(hidden, hint("layer.3").guides("layer.1"), "no layer 'layer.1' in the student; it has none that can be looked at");
        refused(hidden, hint(), "the student has none; its layers: {}");
    }

    private static void refused(Blueprint student, Loss loss, String message) {
        assertThatThrownBy(() -> distill(dense).into(student).on(ROWS).loss(loss.plus(hardLabels())))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
