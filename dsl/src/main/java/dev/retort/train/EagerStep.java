package dev.retort.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.retort.device.Torch;
import java.util.stream.IntStream;

/**
 * One operation after another, for any net and any loss: each batch is selected on the device, its loss computed, and
 * the optimiser moves the weights.
 */
final class EagerStep implements Step {
    private final Learner learner;
    private final Lesson lesson;
    private final int batch;
    private final Descent descent;
    private final NDArray total;

    EagerStep(Learner learner, Lesson lesson) {
        this.learner = learner;
        this.lesson = lesson;
        TrainingOptions options = lesson.options();
        batch = options.batch();
        descent = new Descent(learner.manager(), options.optimizer(), options.clip(), learner.weights());
        total = learner.manager().zeros(new Shape());
    }

    @Override
    public int rowsAtOnce() {
        return batch;
    }

    @Override
    public void beginEpoch(double totalLoss) {
        total.muli(0).addi(totalLoss);
    }

    @Override
    public void train(int[] order, int from, int to, long done) {
        for (int start = from, i = 0; start < to; start += batch, i++) {
            step(IntStream.range(start, Math.min(to, start + batch)).mapToLong(place -> order[place]).toArray(), done + i);
        }
    }

    private void step(long[] rows, long done) {
        try (NDManager scope = learner.manager().newSubManager()) {
            NDArray places = scope.create(rows);
            Material material = learner.material().select(scope, places);
            NDArray value;
            synchronized (Learner.ALONE) {
                Torch.engine().setRandomSeed(lesson.seedOf(done));
                try (GradientCollector collector = Torch.engine().newGradientCollector()) {
                    value = learner.loss(material, places, lesson.progress(done));
                    collector.backward(value);
                }
            }
            descent.step(scope, done + 1, lesson.rate(done));
            total.addi(value.stopGradient().mul(rows.length));
        }
    }

    @Override
    public NDList memory() {
        return descent.moments();
    }

    @Override
    public double totalLoss() {
        return total.getFloat();
    }
}
