package dev.retort.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.retort.device.Torch;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One operation after another, for any net and any loss: each batch is selected on the device, its loss computed, and
 * Adam moves the weights.
 */
final class EagerStep implements Step {
    private final Learner learner;
    private final int batch;
    private final List<Parameter> parameters;
    private final Optimizer optimizer;
    private final NDArray total;

    EagerStep(Learner learner, TrainingOptions options) {
        this.learner = learner;
        batch = options.batch();
        parameters = learner.block().getParameters().values().stream().filter(Parameter::requiresGradient).toList();
        optimizer = Adam.builder().optLearningRateTracker(Tracker.fixed((float) options.learningRate())).build();
        total = learner.manager().zeros(new Shape());
    }

    @Override
    public int rowsAtOnce() {
        return batch;
    }

    @Override
    public void beginEpoch() {
        total.muli(0);
    }

    @Override
    public void train(int[] order, int from, int to, double progress) {
        for (int start = from; start < to; start += batch) {
            step(IntStream.range(start, Math.min(to, start + batch)).mapToLong(i -> order[i]).toArray(), progress);
        }
    }

    private void step(long[] rows, double progress) {
        try (NDManager scope = learner.manager().newSubManager()) {
            NDArray places = scope.create(rows);
            Material material = learner.material().select(scope, places);
            NDArray value;
            try (GradientCollector collector = Torch.engine().newGradientCollector()) {
                value = learner.loss(material, places, progress);
                collector.backward(value);
            }
            for (Parameter parameter : parameters) {
                try (NDArray gradient = parameter.getArray().getGradient()) {
                    optimizer.update(parameter.getId(), parameter.getArray(), gradient);
                }
            }
            total.addi(value.stopGradient().mul(rows.length));
        }
    }

    @Override
    public double totalLoss() {
        return total.getFloat();
    }
}
