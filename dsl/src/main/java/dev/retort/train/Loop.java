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
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The training loop: rows, labels and targets are put on the device once, then each step selects its batch there,
 * computes the loss, and lets Adam move the weights. All native memory belongs to the loop and is freed when it closes.
 *
 * <p>An interrupted thread stops it at the next batch: the weights so far are the result, and the thread stays interrupted.
 */
public final class Loop implements AutoCloseable {
    private final TrainingOptions options;
    private final Loss loss;
    private final Diary diary;
    private final Shape rowShape;
    private final int size;

    private final Model model;
    private final Trainer trainer;
    private final NDArray features;
    private final NDArray labels;
    private final NDArray teacherLogits;
    private final Validation validation;

    private long steps;
    private boolean interrupted;

    /**
     * Puts everything on the device.
     *
     * @param title   what the monitor shows
     * @param block   a fresh block, rows of the split's shape → logits
     * @param rows    the training rows; their {@link Split#validation} is measured after each epoch
     * @param inputs  how rows become inputs
     * @param targets what the teacher said; null without a teacher
     */
    public Loop(
            String title, Block block, Split rows, Standardizer inputs, Targets targets, Loss loss,
            TrainingOptions options, Monitor monitor) {
        Device device = options.deviceOrBest();
        this.options = options;
        this.loss = loss;
        diary = new Diary(title, options.epochs(), device, monitor);
        rowShape = rows.rowShape();
        size = rows.size();

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
        teacherLogits = targets == null ? null : manager.create(targets.logits(), new Shape(size, targets.logits().length / size));
        validation = rows.validation().map(split -> new Validation(trainer, split, inputs, targets)).orElse(Validation.NONE);
    }

    /** Trains to the end, or until the thread is interrupted. */
    public Trained run() {
        try {
            for (int epoch = 1; epoch <= options.epochs() && !interrupted; epoch++) {
                train(epoch);
            }
        } catch (RuntimeException e) {
            diary.close(Progress.State.FAILED);
            throw e;
        }
        diary.close(interrupted ? Progress.State.INTERRUPTED : Progress.State.DONE);
        return new Trained(weights(), diary.history(), steps, interrupted, diary.device());
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }

    private void train(int epoch) {
        int[] order = order(epoch);
        diary.beginEpoch();
        try (NDManager scope = model.getNDManager().newSubManager()) {
            NDArray total = scope.zeros(new Shape());
            for (int from = 0; from < size; from += options.batch()) {
                if (Thread.currentThread().isInterrupted()) {
                    interrupted = true;
                    return;
                }
                int to = Math.min(size, from + options.batch());
                step(order, from, to, total);
                if (diary.isDue()) {
                    diary.note(to, size, total.getFloat() / to);
                }
            }
            finish(epoch, total.getFloat() / size);
        }
    }

    private void step(int[] order, int from, int to, NDArray total) {
        try (NDManager scope = model.getNDManager().newSubManager()) {
            long[] rows = IntStream.range(from, to).mapToLong(i -> order[i]).toArray();
            NDIndex chosen = new NDIndex("{}", scope.create(rows));
            NDArray inputs = features.get(scope, chosen).reshape(new Shape(rows.length).addAll(rowShape));
            NDArray teacher = teacherLogits == null ? null : teacherLogits.get(scope, chosen);
            NDArray truth = labels.get(scope, chosen);
            NDArray value;
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDArray student = trainer.forward(new NDList(inputs)).singletonOrThrow();
                value = loss.of(new Batch(student, teacher, truth));
                collector.backward(value);
            }
            trainer.step();
            total.addi(value.stopGradient().mul(rows.length));
            steps++;
        }
    }

    private void finish(int epoch, double meanLoss) {
        if (!Double.isFinite(meanLoss)) {
            throw new IllegalStateException("the loss became " + meanLoss + " in epoch " + epoch
                    + "; lower the learning rate, now " + options.learningRate());
        }
        diary.endEpoch(size, meanLoss, validation::measure);
    }

    /** The rows in the order of this epoch: seed and epoch decide it, nothing else. */
    private int[] order(int epoch) {
        int[] order = IntStream.range(0, size).toArray();
        SplittableRandom random = new SplittableRandom(options.seed() * 1_000_003 + epoch);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    private byte[] weights() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            model.getBlock().saveParameters(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
