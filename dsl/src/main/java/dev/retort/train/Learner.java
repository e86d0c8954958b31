package dev.retort.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.retort.data.Split;
import dev.retort.device.Torch;
import dev.retort.loss.Batch;
import dev.retort.loss.Loss;
import dev.retort.loss.Moment;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A net that learns, with all that it learns from, on one device. It owns the native memory of a training; how a batch
 * moves the weights is a {@link Step}'s affair.
 */
final class Learner implements AutoCloseable {
    /** What only one training can do at a time: DJL collects gradients for one thread, and draws from one generator. */
    static final Object ALONE = new Object();

    private static final int VALIDATION_BATCH = 1024;

    private final Block block;
    private final Loss loss;
    private final int epochs;
    private final Shape rowShape;
    private final NDManager manager;
    private final ParameterStore parameters;
    private final Material material;
    private final NDArray validation;

    /**
     * Puts everything on the device; the initial weights follow from the seed.
     *
     * @param block  a fresh block, rows of the split's shape → logits
     * @param inputs how rows become inputs
     */
    Learner(Block block, Standardizer inputs, Lesson lesson) {
        this.block = block;
        loss = lesson.loss();
        epochs = lesson.options().epochs();
        Split rows = lesson.rows();
        rowShape = rows.rowShape();
        Torch.followGradientsOnlyWhenCollecting();
        manager = Torch.engine().newBaseManager(lesson.options().deviceOrBest());
        synchronized (ALONE) {
            Torch.engine().setRandomSeed(Long.hashCode(lesson.options().seed()));
            block.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(rowShape));
        }
        parameters = new ParameterStore(manager, false);
        material = Material.of(manager, inputs, lesson);
        validation = rows.validation().map(split -> inputs.upload(manager, split)).orElse(null);
    }

    Device device() {
        return manager.getDevice();
    }

    /** Owns what lives as long as the training. */
    NDManager manager() {
        return manager;
    }

    Block block() {
        return block;
    }

    /** All training rows, in the split's order. */
    Material material() {
        return material;
    }

    /**
     * The loss of some of the material.
     *
     * @param places   of these rows in the training set
     * @param progress how much of the run is done, from 0 to 1
     * @return a scalar, differentiable in the weights
     */
    NDArray loss(Material batch, NDArray places, double progress) {
        NDArray student = forward(batch.features(), true);
        return loss.of(new Batch(student, batch.teacher(), batch.labels(), places, Map.of(), batch.layers(), Map.of(), new Moment(progress, epochs)));
    }

    /** The class that the net predicts now for each validation row; empty without a validation split. */
    int[] predictValidation() {
        int[] predicted = new int[validation == null ? 0 : (int) validation.getShape().get(0)];
        for (int from = 0; from < predicted.length; from += VALIDATION_BATCH) {
            int to = Math.min(predicted.length, from + VALIDATION_BATCH);
            try (NDManager scope = manager.newSubManager()) {
                NDArray rows = validation.get(scope, new NDIndex().addSliceDim(from, to));
                long[] classes = forward(rows, false).argMax(1).toLongArray();
                for (int i = from; i < to; i++) {
                    predicted[i] = (int) classes[i - from];
                }
            }
        }
        return predicted;
    }

    /** The parameters, as DJL writes them. */
    byte[] weights() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            block.saveParameters(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        manager.close();
    }

    private NDArray forward(NDArray rows, boolean training) {
        NDArray inputs = rows.reshape(new Shape(rows.getShape().get(0)).addAll(rowShape));
        return block.forward(parameters, new NDList(inputs), training).singletonOrThrow();
    }
}
