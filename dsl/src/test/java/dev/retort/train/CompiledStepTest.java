package dev.retort.train;

import static dev.retort.Retort.adam;
import static dev.retort.Retort.adamW;
import static dev.retort.Retort.attentionTransfer;
import static dev.retort.Retort.cosine;
import static dev.retort.Retort.crd;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.dist;
import static dev.retort.Retort.dkd;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.hiddenCosine;
import static dev.retort.Retort.hint;
import static dev.retort.Retort.jsd;
import static dev.retort.Retort.labelSmoothing;
import static dev.retort.Retort.logitsMse;
import static dev.retort.Retort.nst;
import static dev.retort.Retort.pkt;
import static dev.retort.Retort.rkdAngle;
import static dev.retort.Retort.rkdDistance;
import static dev.retort.Retort.sgd;
import static dev.retort.Retort.similarityPreserving;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.standardised;
import static dev.retort.Retort.uld;
import static dev.retort.Retort.vid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.loss.Batch;
import dev.retort.loss.HardLabels;
import dev.retort.loss.Layout;
import dev.retort.loss.Loss;
import dev.retort.loss.Needs;
import dev.retort.script.Ahead;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The eager step is the reference; the compiled one must do the same, faster. */
class CompiledStepTest {
    private static final Split ROWS = dataset("digits").train().take(300);
    private static final TrainingOptions OPTIONS = epochs(2).seed(3).batch(32).optimizer(sgd(0.05).momentum(0.9));
    private static final Loss LOSS = softTargets(4).times(0.9).plus(hardLabels().times(0.1));

    static Stream<Loss> lossesOfLogits() {
        return Stream.of(hardLabels(), LOSS, labelSmoothing(0.1), logitsMse(), dkd(1, 8, 4), dist(2), standardised(2), jsd(0.3),
                softTargets(2).times(cosine(1, 0)).plus(hardLabels()),
                hardLabels().epochs(1).then(softTargets(3)), softTargets(2).epochs(1).then(softTargets(4)));
    }

    static Stream<Loss> lossesOfLayers() {
        return Stream.of(hint("hidden").guides("layer.2"), vid(), rkdDistance(), rkdAngle(), similarityPreserving(), pkt(), hiddenCosine("wide"),
                hint("hidden").epochs(1).then(hardLabels()));
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(sgd(0.1), sgd(0.05).momentum(0.9).decay(0.01), adam(0.001).epsilon(1e-3),
                adam(0.001).epsilon(1e-3).decay(0.1).betas(0.8, 0.9), adamW(0.001).epsilon(1e-3).decay(0.1));
    }

    @ParameterizedTest
    @MethodSource({"lossesOfLogits", "lossesOfLayers"})
    void aDenseNetLearnsAsInTheEagerStep(Loss loss) {
        assertSame(CompiledStepTest::dense, loss, OPTIONS);
    }

    /** Its products of matrices are so large that another library may calculate them. */
    @Test
    void aWideDenseNetLearnsAsInTheEagerStep() {
        assertSame(() -> dense(2048), LOSS, OPTIONS.batch(300));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void everyOptimizerMovesTheWeightsAsInTheEagerStep(Optimizer optimizer) {
        assertSame(CompiledStepTest::dense, LOSS, OPTIONS.optimizer(optimizer).clip(0.5).rate(cosine(1, 0)));
    }

    @Test
    void aConvolutionalNetLearnsAsInTheEagerStep() {
        assertSame(CompiledStepTest::convolutional, LOSS, OPTIONS);
        assertSame(CompiledStepTest::convolutional, attentionTransfer("maps").guides("layer.2"), OPTIONS);
        assertSame(CompiledStepTest::convolutional, nst("maps").guides("layer.3"), OPTIONS);
        assertSame(CompiledStepTest::branching, LOSS, OPTIONS);
        assertSame(CompiledStepTest::lines, LOSS, OPTIONS);
    }

    @Test
    void batchNormalisationKeepsItsStatistics() {
        assertSame(CompiledStepTest::normed, LOSS, OPTIONS);
        assertSame(CompiledStepTest::normed, attentionTransfer("maps").guides("layer.1"), OPTIONS);
    }

    @Test
    void theLastBatchMayBeOneRow() {
        assertSame(CompiledStepTest::dense, LOSS, OPTIONS.batch(23));
    }

    /** Otherwise libtorch would find the gradients in each step, and the teacher's targets be calculated again: as right, but slower. */
    @Test
    void gradientsOfDenseNetsAreWrittenOutAndTargetsCalculatedOnce() {
        for (Loss loss : List.of(LOSS, jsd(0.3), dkd(1, 8, 4))) {
            try (Pupil pupil = learner(CompiledStepTest::dense, loss, OPTIONS)) {
                RecordedLoss recorded = RecordedLoss.of(pupil.learner, List.copyOf(loss.terms()));
                Ahead split = recorded.recording().withShortcuts().ahead(RecordedLoss::isMaterial);
                String text = StepText.of(split, recorded.material().size(), recorded.names(pupil.learner.weights()), "");
                assertThat(text).doesNotContain("autograd").contains("mm(");
                assertThat(split.ahead().nodes()).as(loss.toString()).isNotEmpty();
            }
        }
    }

    @Test
    void rowsThatVaryAreLearnedAsInTheEagerStep() {
        Split varied = ROWS.shifted(2);
        Lesson lesson = new Lesson("test", varied, seen(varied), LOSS, OPTIONS, progress -> { }, CompiledStepTest::seen);
        double[] eager = losses(lesson, learner -> new EagerStep(learner, lesson));
        assertThat(losses(lesson, learner -> CompiledStep.of(learner, lesson).orElseThrow())).hasSize(2).containsExactly(eager, within(1e-4));
    }

    private static double[] losses(Lesson lesson, Function<Learner, Step> step) {
        try (Loop loop = new Loop("net", dense(), Standardizer.of(ROWS), lesson, step)) {
            return loop.run(soFar -> { }).history().table().doubleColumn("loss").asDoubleArray();
        }
    }

    private static Targets seen(Split rows) {
        return new Targets(null, Says.LOGITS, pixels(rows), Map.of(), pixels(rows.validation().orElseThrow()));
    }

    /** Some of the pixels as logits, which vary with the rows. */
    private static Said pixels(Split rows) {
        float[] features = rows.features();
        return said(rows.size(), new Shape(10), (row, place) -> features[row * 64 + 20 + place]);
    }

    /** Processors can calculate in bfloat16 too, slowly: enough to see that it is the same but for the rounding. */
    @Test
    void inMixedPrecisionItLearnsAlmostAsInTheEagerStep() {
        for (Supplier<Block> net : List.<Supplier<Block>>of(CompiledStepTest::dense, CompiledStepTest::normed)) {
            assertSame(net, LOSS, OPTIONS.mixedPrecision(), 1e-2);
            assertThatThrownBy(() -> assertSame(net, LOSS, OPTIONS.mixedPrecision(), 1e-5)).as("it was rounded").isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void howManyBatchesACallDoesNotChangeTheStudent() {
        assertThat(weightsAfter(32)).isEqualTo(weightsAfter(300)).isNotEqualTo(weightsAfter(0));
    }

    @Test
    void whatCannotBeCompiledIsLeftToTheEagerStep() {
        assertThat(isCompiled(new Looking(Batch::labels))).isTrue();
        assertThat(isCompiled(new Looking(batch -> batch.constant(batch.student().sum().getFloat())))).as("reads a number").isFalse();
        assertThat(isCompiled(new Looking(batch -> batch.constant(batch.now().progress())))).as("changes in the course of the run").isFalse();
        assertThat(isCompiled(new Looking(batch -> batch.constant(batch.now().progress() < 0.5 ? 0 : 1)))).as("changes once").isFalse();
        assertThat(isCompiled(new Looking(batch -> batch.constant(batch.rows().size())))).as("counts the rows").isFalse();
        assertThat(isCompiled(uld())).as("sorts").isFalse();
        assertThat(isCompiled(crd(16))).as("keeps a memory").isFalse();
        assertThat(learner(CompiledStepTest::dropping, LOSS, OPTIONS).isCompiled()).as("draws random numbers").isFalse();
    }

    private static void assertSame(Supplier<Block> net, Loss loss, TrainingOptions options) {
        assertSame(net, loss, options, 2e-4);
    }

    private static void assertSame(Supplier<Block> net, Loss loss, TrainingOptions options, double tolerance) {
        try (Pupil eager = learner(net, loss, options); Pupil compiled = learner(net, loss, options)) {
            Step reference = new EagerStep(eager.learner, eager.lesson);
            Step step = CompiledStep.of(compiled.learner, compiled.lesson).orElseThrow();
            int[] order = IntStream.range(0, ROWS.size()).map(i -> i * 7 % ROWS.size()).toArray();
            for (long done = 0; done < 20; done += 10) {
                reference.train(order, 0, 300, done);
                step.train(order, 0, 300, done);
                assertThat(step.totalLoss()).isFinite().isCloseTo(reference.totalLoss(), within(tolerance * Math.abs(reference.totalLoss())));
            }
            for (int i = 0; i < eager.learner.arrays().size(); i++) {
                NDArray expected = eager.learner.arrays().get(i);
                NDArray actual = compiled.learner.arrays().get(i);
                assertThat(actual.sub(expected).abs().max().getFloat()).isFinite().isLessThan((float) (5 * tolerance));
            }
        }
    }

    private static float[] weightsAfter(int rowsAtOnce) {
        try (Pupil pupil = learner(CompiledStepTest::dense, LOSS, OPTIONS)) {
            Step step = CompiledStep.of(pupil.learner, pupil.lesson).orElseThrow();
            int[] order = IntStream.range(0, ROWS.size()).toArray();
            for (int from = 0; from < order.length && rowsAtOnce > 0; from += rowsAtOnce) {
                step.train(order, from, Math.min(order.length, from + rowsAtOnce), from / 32);
            }
            return pupil.learner.arrays().head().toFloatArray();
        }
    }

    private static boolean isCompiled(Loss loss) {
        return learner(CompiledStepTest::dense, loss, OPTIONS).isCompiled();
    }

    /** A learner and what it learns. */
    private record Pupil(Learner learner, Lesson lesson) implements AutoCloseable {
        boolean isCompiled() {
            try (this) {
                return CompiledStep.of(learner, lesson).isPresent();
            }
        }

        @Override
        public void close() {
            learner.close();
        }
    }

    private static Pupil learner(Supplier<Block> net, Loss loss, TrainingOptions options) {
        Block block = net.get();
        Map<String, Said> layers = new HashMap<>();
        layers.put("hidden", said(new Shape(12)));
        layers.put("wide", said(new Shape(16)));
        layers.put("maps", said(new Shape(6, 8, 8)));
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("maps", new Shape(6, 8, 8));
        shapes.put("wide", new Shape(16));
        shapes.put("hidden", new Shape(12));
        shapes.put("logits", new Shape(10));
        Loss between = loss.between(new Layout(ROWS.size(), Taps.shapes(block, ROWS.rowShape()), shapes));
        Targets targets = new Targets(null, Says.LOGITS, said(new Shape(10)), layers, null);
        Lesson lesson = new Lesson("test", ROWS, targets, between, options, progress -> { });
        return new Pupil(new Learner(block, Standardizer.of(ROWS), lesson), lesson);
    }

    /** Random numbers, the same each time. */
    private static Said said(Shape shape) {
        Random random = new Random(5);
        float[] values = new float[(int) (ROWS.size() * shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return said(ROWS.size(), shape, (row, place) -> values[(int) (row * shape.size()) + place]);
    }

    private interface Number {
        float at(int row, int place);
    }

    private static Said said(int rows, Shape shape, Number number) {
        return new Said() {
            @Override
            public int rows() {
                return rows;
            }

            @Override
            public Shape shape() {
                return shape;
            }

            @Override
            public void copy(int row, float[] into, int offset) {
                for (int place = 0; place < width(); place++) {
                    into[offset + place] = number.at(row, place);
                }
            }
        };
    }

    private static Block dense() {
        return dense(16);
    }

    private static Block dense(int width) {
        return new SequentialBlock().add(Blocks.batchFlattenBlock(64))
                .add(Linear.builder().setUnits(width).build()).add(Activation::relu)
                .add(Linear.builder().setUnits(10).build());
    }

    private static Block convolutional() {
        return new SequentialBlock()
                .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).optPadding(new Shape(1, 1)).setFilters(8).build())
                .add(Activation::relu).add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    /** The maps of two ways beside each other: what is in a list is read, too. */
    private static Block branching() {
        Block rectified = new SequentialBlock().add(Activation::relu).add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        Block pooled = Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2));
        return new SequentialBlock()
                .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).optPadding(new Shape(1, 1)).setFilters(8).build())
                .add(new ParallelBlock(maps -> new NDList(NDArrays.concat(new NDList(maps.get(0).get(0), maps.get(1).get(0)), 1)),
                        List.of(rectified, pooled)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    /** A dense layer over each line of the maps; one without a bias. */
    private static Block lines() {
        return new SequentialBlock()
                .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).optPadding(new Shape(1, 1)).setFilters(8).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(5).optBias(false).build()).add(Activation::relu)
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    private static Block normed() {
        return new SequentialBlock()
                .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).optPadding(new Shape(1, 1)).setFilters(8).build())
                .add(BatchNorm.builder().build())
                .add(Activation::relu).add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    private static Block dropping() {
        return new SequentialBlock().add(Blocks.batchFlattenBlock(64)).add(Dropout.builder().optRate(0.5f).build())
                .add(Linear.builder().setUnits(10).build());
    }

    /** Cross-entropy that also looks at something else. */
    private record Looking(Function<Batch, NDArray> at) implements Loss {
        @Override
        public NDArray of(Batch batch) {
            return new HardLabels().of(batch).add(at.apply(batch).sum().mul(batch.constant(1e-3)));
        }

        @Override
        public Needs needs() {
            return Needs.NOTHING;
        }

        @Override
        public String latex() {
            return "";
        }
    }
}
