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
import dev.retort.train.History.Epoch;
import dev.retort.train.Progress.State;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The training loop: rows, labels and targets are put on the device once, then each step selects its batch there,
 * computes the loss, and lets Adam move the weights. All native memory belongs to the loop and is freed when it ends.
 *
 * <p>An interrupted thread stops it at the next batch: the weights so far are the result, and the thread stays interrupted.
 */
public final class Loop implements AutoCloseable {
    private static final long SHOW_EVERY_NANOS = 200_000_000;
    private static final int EVALUATION_BATCH = 1024;

    private final String title;
    private final TrainingOptions options;
    private final Loss loss;
    private final Monitor monitor;
    private final Device device;
    private final Shape rowShape;
    private final int size;

    private final Model model;
    private final Trainer trainer;
    private final NDArray features;
    private final NDArray labels;
    private final NDArray teacherLogits;
    private final Validation validation;

    private final List<Epoch> history = new ArrayList<>();
    private final long start = System.nanoTime();
    private long lastShown;
    private long steps;
    private boolean interrupted;

    /**
     * Puts everything on the device.
     *
     * @param title    what the monitor shows
     * @param block    a fresh block, rows of the split's shape → logits
     * @param rows     the training rows; their {@link Split#validation} is measured after each epoch
     * @param inputs   how rows become inputs
     * @param targets  what the teacher said; null without a teacher
     */
    public Loop(
            String title, Block block, Split rows, Standardizer inputs, Targets targets, Loss loss,
            TrainingOptions options, Monitor monitor) {
        this.title = title;
        this.options = options;
        this.loss = loss;
        this.monitor = monitor;
        this.rowShape = rows.rowShape();
        this.size = rows.size();
        device = options.deviceOrBest();
        show("preparing the rows", State.RUNNING, 0, Double.NaN, Double.NaN);

        Torch.engine().setRandomSeed(Long.hashCode(options.seed()));
        model = Model.newInstance("student", device, "PyTorch");
        model.setBlock(block);
        trainer = model.newTrainer(new DefaultTrainingConfig(ai.djl.training.loss.Loss.l2Loss())
                .optDevices(new Device[] {device})
                .optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed((float) options.learningRate())).build()));
        trainer.initialize(batchShape(1));

        NDManager manager = model.getNDManager();
        features = inputs.upload(manager, rows);
        labels = manager.create(rows.labels()).toType(DataType.INT64, false);
        teacherLogits = targets == null ? null : matrix(manager, targets.logits(), size);
        validation = rows.validation().map(split -> new Validation(manager, split, inputs, targets)).orElse(null);
    }

    /** Trains to the end, or until the thread is interrupted. */
    public Trained run() {
        try {
            for (int epoch = 1; epoch <= options.epochs() && !interrupted; epoch++) {
                train(epoch);
            }
        } catch (RuntimeException e) {
            show(stage(history.size() + 1), State.FAILED, fraction(0), Double.NaN, Double.NaN);
            throw e;
        }
        State state = interrupted ? State.INTERRUPTED : State.DONE;
        show(stage(Math.min(history.size() + 1, options.epochs())), state, interrupted ? fraction(0) : 1, lastLoss(), lastSpeed());
        return new Trained(weights(), new History(history), steps, interrupted, device.toString());
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }

    private void train(int epoch) {
        int[] order = order(epoch);
        int batches = (size + options.batch() - 1) / options.batch();
        long began = System.nanoTime();
        try (NDManager scope = model.getNDManager().newSubManager()) {
            NDArray total = scope.zeros(new Shape());
            for (int batch = 0; batch < batches; batch++) {
                if (Thread.currentThread().isInterrupted()) {
                    interrupted = true;
                    return;
                }
                int from = batch * options.batch();
                int to = Math.min(size, from + options.batch());
                step(order, from, to, total);
                if (System.nanoTime() - lastShown > SHOW_EVERY_NANOS) {
                    show(stage(epoch), State.RUNNING, fraction((double) to / size), total.getFloat() / to, speed(to, began));
                }
            }
            finish(epoch, total.getFloat() / size, speed(size, began));
        }
    }

    private void step(int[] order, int from, int to, NDArray total) {
        try (NDManager scope = model.getNDManager().newSubManager()) {
            long[] rows = IntStream.range(from, to).mapToLong(i -> order[i]).toArray();
            NDIndex chosen = new NDIndex("{}", scope.create(rows));
            NDArray inputs = features.get(scope, chosen).reshape(batchShape(rows.length));
            NDArray teacher = teacherLogits == null ? null : teacherLogits.get(scope, chosen);
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDArray student = trainer.forward(new NDList(inputs)).singletonOrThrow();
                NDArray value = loss.of(new Batch(student, teacher, labels.get(scope, chosen)));
                collector.backward(value);
                total.addi(value.stopGradient().mul(rows.length));
            }
            trainer.step();
            steps++;
        }
    }

    private void finish(int epoch, double meanLoss, double speed) {
        if (!Double.isFinite(meanLoss)) {
            throw new IllegalStateException("the loss became " + meanLoss + " in epoch " + epoch
                    + "; lower the learning rate, now " + options.learningRate());
        }
        double accuracy = Double.NaN;
        double agreement = Double.NaN;
        if (validation != null) {
            int[] predicted = validation.predict();
            accuracy = agreement(predicted, validation.labels);
            agreement = validation.teacher == null ? Double.NaN : agreement(predicted, validation.teacher);
        }
        history.add(new Epoch(epoch, meanLoss, accuracy, agreement, speed, seconds()));
        show(stage(epoch), State.RUNNING, fraction(0), meanLoss, speed);
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

    private Shape batchShape(int rows) {
        return new Shape(rows).addAll(rowShape);
    }

    private void show(String stage, State state, double fraction, double loss, double speed) {
        lastShown = System.nanoTime();
        Epoch last = history.isEmpty() ? null : history.get(history.size() - 1);
        monitor.show(new Progress(title, stage, state, fraction, loss,
                last == null ? Double.NaN : last.validationAccuracy(),
                last == null ? Double.NaN : last.agreement(),
                speed, seconds(), device.toString()));
    }

    private String stage(int epoch) {
        return "epoch " + epoch + " of " + options.epochs();
    }

    private double fraction(double ofEpoch) {
        return (history.size() + ofEpoch) / options.epochs();
    }

    private double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    private double lastLoss() {
        return history.isEmpty() ? Double.NaN : history.get(history.size() - 1).loss();
    }

    private double lastSpeed() {
        return history.isEmpty() ? Double.NaN : history.get(history.size() - 1).rowsPerSecond();
    }

    private static double speed(int rows, long began) {
        return rows / ((System.nanoTime() - began) / 1e9);
    }

    private static double agreement(int[] a, int[] b) {
        return IntStream.range(0, a.length).filter(i -> a[i] == b[i]).count() / (double) a.length;
    }

    private static NDArray matrix(NDManager manager, float[] values, int rows) {
        return manager.create(values, new Shape(rows, values.length / rows));
    }

    /** The validation rows on the device, and what teacher and labels say of them. */
    private final class Validation {
        final NDArray features;
        final int[] labels;
        final int[] teacher;

        Validation(NDManager manager, Split split, Standardizer inputs, Targets targets) {
            features = inputs.upload(manager, split);
            labels = split.labels();
            teacher = targets == null ? null : Logits.predicted(targets.validationLogits(), split.classes().size());
        }

        int[] predict() {
            int[] predicted = new int[labels.length];
            for (int from = 0; from < labels.length; from += EVALUATION_BATCH) {
                int to = Math.min(labels.length, from + EVALUATION_BATCH);
                try (NDManager scope = features.getManager().newSubManager()) {
                    NDArray inputs = features.get(scope, new NDIndex().addSliceDim(from, to)).reshape(batchShape(to - from));
                    long[] classes = trainer.evaluate(new NDList(inputs)).singletonOrThrow().argMax(1).toLongArray();
                    for (int i = from; i < to; i++) {
                        predicted[i] = (int) classes[i - from];
                    }
                }
            }
            return predicted;
        }
    }
}
