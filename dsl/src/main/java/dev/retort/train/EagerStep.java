package dev.retort.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import dev.retort.data.Split;
import dev.retort.device.Torch;
import dev.retort.loss.Batch;
import dev.retort.loss.Loss;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One batch after another, for any block: rows, labels and targets are put on the device once, then each batch is
 * selected there, the loss computed, and Adam moves the weights.
 */
final class EagerStep implements Step {
    private static final int VALIDATION_BATCH = 1024;

    private final Loss loss;
    private final Shape rowShape;
    private final int batch;
    private final Device device;

    private final Model model;
    private final Trainer trainer;
    private final NDArray features;
    private final NDArray labels;
    private final NDArray teacherLogits;
    private final NDArray validation;
    private final NDArray total;

    /**
     * Puts everything on the device.
     *
     * @param block  a fresh block, rows of the split's shape → logits
     * @param inputs how rows become inputs
     */
    EagerStep(Block block, Standardizer inputs, Lesson lesson) {
        Split rows = lesson.rows();
        Targets targets = lesson.targets();
        TrainingOptions options = lesson.options();
        device = options.deviceOrBest();
        loss = lesson.loss();
        rowShape = rows.rowShape();
        batch = options.batch();

        Torch.engine().setRandomSeed(Long.hashCode(options.seed()));
        model = Model.newInstance("student", device, "PyTorch");
        model.setBlock(block);
        trainer = model.newTrainer(new DefaultTrainingConfig(ai.djl.training.loss.Loss.l2Loss())
                .optDevices(new Device[] {device})
                .optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed((float) options.learningRate())).build()));
        trainer.initialize(new Shape(1).addAll(rowShape));

        NDManager manager = model.getNDManager();
        features = inputs.upload(manager, rows);
        labels = manager.create(rows.labels()).toType(DataType.INT64, false);
        teacherLogits = targets == null ? null
                : manager.create(targets.logits(), new Shape(rows.size(), targets.logits().length / rows.size()));
        validation = rows.validation().map(split -> inputs.upload(manager, split)).orElse(null);
        total = manager.zeros(new Shape());
    }

    @Override
    public Device device() {
        return device;
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

    private void step(long[] places, double progress) {
        try (NDManager scope = model.getNDManager().newSubManager()) {
            NDArray rows = scope.create(places);
            NDIndex chosen = new NDIndex("{}", rows);
            NDArray inputs = features.get(scope, chosen).reshape(new Shape(places.length).addAll(rowShape));
            NDArray teacher = teacherLogits == null ? null : teacherLogits.get(scope, chosen);
            NDArray truth = labels.get(scope, chosen);
            NDArray value;
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDArray student = trainer.forward(new NDList(inputs)).singletonOrThrow();
                value = loss.of(new Batch(student, teacher, truth, rows, Map.of(), Map.of(), progress));
                collector.backward(value);
            }
            trainer.step();
            total.addi(value.stopGradient().mul(places.length));
        }
    }

    @Override
    public double totalLoss() {
        return total.getFloat();
    }

    @Override
    public int[] predictValidation() {
        int[] predicted = new int[validation == null ? 0 : (int) validation.getShape().get(0)];
        for (int from = 0; from < predicted.length; from += VALIDATION_BATCH) {
            int to = Math.min(predicted.length, from + VALIDATION_BATCH);
            try (NDManager scope = model.getNDManager().newSubManager()) {
                NDArray rows = validation.get(scope, new NDIndex().addSliceDim(from, to));
                NDArray inputs = rows.reshape(new Shape(to - from).addAll(rowShape));
                long[] classes = trainer.evaluate(new NDList(inputs)).singletonOrThrow().argMax(1).toLongArray();
                for (int i = from; i < to; i++) {
                    predicted[i] = (int) classes[i - from];
                }
            }
        }
        return predicted;
    }

    @Override
    public byte[] weights() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            model.getBlock().saveParameters(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
