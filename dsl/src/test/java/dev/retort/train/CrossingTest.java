package dev.retort.train;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.softTargets;
import static dev.retort.train.TrainingOptions.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.retort.data.Says;
import dev.retort.data.Split;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What crosses between host and device is what makes a GPU wait; both sides of the crossing are counted, without a GPU. */
class CrossingTest {
    private static final Split ROWS = dataset("digits").train().take(300);
    private static final int EPOCHS = 5;
    private static final int BATCH = 10;

    private final AtomicInteger answersRead = new AtomicInteger();
    private final AtomicInteger lossesRead = new AtomicInteger();
    private final AtomicInteger shown = new AtomicInteger();

    @Test
    void answersGoToTheDeviceOnceAndTheLossComesBackOnceAPanel() {
        Targets targets = new Targets(null, Says.LOGITS, new CountedAnswers(ROWS.size(), answersRead), Map.of(),
                new CountedAnswers(ROWS.validation().orElseThrow().size(), new AtomicInteger()));
        Lesson lesson = new Lesson("test", ROWS, targets, softTargets(2), epochs(EPOCHS).batch(BATCH), progress -> shown.incrementAndGet());
        Block net = new SequentialBlock().add(Blocks.batchFlattenBlock(64)).add(Linear.builder().setUnits(10).build());
        try (Loop loop = new Loop("net", net, Standardizer.of(ROWS), lesson, learner -> new CountedStep(new EagerStep(learner, lesson)))) {
            assertThat(loop.run(soFar -> { }).steps()).isEqualTo(EPOCHS * ROWS.size() / BATCH);
        }
        assertThat(answersRead.get()).as("rows of answers").isEqualTo(ROWS.size());
        assertThat(lossesRead.get()).as("losses").isBetween(EPOCHS, shown.get() + EPOCHS);
    }

    private record CountedAnswers(int rows, AtomicInteger read) implements Said {
        @Override
        public Shape shape() {
            return new Shape(10);
        }

        @Override
        public void copy(int row, float[] into, int offset) {
            read.incrementAndGet();
            into[offset + row % 10] = 1;
        }
    }

    private final class CountedStep implements Step {
        private final Step step;

        CountedStep(Step step) {
            this.step = step;
        }

        @Override
        public int rowsAtOnce() {
            return step.rowsAtOnce();
        }

        @Override
        public void beginEpoch(double totalLoss) {
            step.beginEpoch(totalLoss);
        }

        @Override
        public void train(int[] order, int from, int to, long done) {
            step.train(order, from, to, done);
        }

        @Override
        public NDList memory() {
            return step.memory();
        }

        @Override
        public double totalLoss() {
            lossesRead.incrementAndGet();
            return step.totalLoss();
        }
    }
}
