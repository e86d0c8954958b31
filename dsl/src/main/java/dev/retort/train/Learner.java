package dev.retort.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.retort.data.Split;
import dev.retort.device.Threads;
import dev.retort.device.Torch;
import dev.retort.loss.Batch;
import dev.retort.loss.Layout;
import dev.retort.loss.Loss;
import dev.retort.loss.Moment;
import dev.retort.loss.Part;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * A net that learns, with all that it learns from, on one device. It owns the native memory of a training; how a batch
 * moves the weights is a {@link Step}'s affair.
 */
final class Learner implements AutoCloseable {
    /** What only one training can do at a time: DJL collects gradients for one thread, and draws from one generator. */
    static final Object ALONE = new Object();

    private final Block block;
    private final Loss loss;
    private final int epochs;
    private final Shape rowShape;
    private final NDManager manager;
    private final ParameterStore parameters;
    private final Map<String, NDArray> parts;
    private final Standardizer inputs;
    private final Lesson lesson;
    private final Material material;
    private final Predictor validation;

    /**
     * Puts everything on the device; the initial weights follow from the seed.
     *
     * @param block  a fresh block, rows of the split's shape → logits
     * @param inputs how rows become inputs
     */
    Learner(Block block, Standardizer inputs, Lesson lesson) {
        this.block = block;
        this.inputs = inputs;
        this.lesson = lesson;
        loss = lesson.loss();
        epochs = lesson.options().epochs();
        Split rows = lesson.rows();
        rowShape = rows.rowShape();
        manager = Torch.engine().newBaseManager(lesson.options().deviceOrBest());
        synchronized (ALONE) {
            Torch.engine().setRandomSeed(Long.hashCode(lesson.options().seed()));
            block.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(rowShape));
            parts = parts(lesson);
        }
        parameters = new ParameterStore(manager, false);
        try {
            material = Material.of(manager, inputs, lesson);
            validation = new Predictor(block, batch -> forward(batch, false, Set.of(), Map.of()), manager,
                rows.validation().map(split -> inputs.upload(manager, split)).orElse(null));
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    Device device() {
        return manager.getDevice();
    }

    /** How many threads its batches are worth. */
    int threads() {
        return Threads.forBatch(Work.multiplications(block, rowShape) * lesson.options().batch());
    }

    /** Owns what lives as long as the training. */
    NDManager manager() {
        return manager;
    }

    Block block() {
        return block;
    }

    /** All that the optimiser moves: the net's weights, and what the loss learns beside it. */
    List<NDArray> weights() {
        return Stream.concat(
                block.getParameters().values().stream().filter(Parameter::requiresGradient).map(Parameter::getArray),
                parts.values().stream().filter(NDArray::hasGradient)).toList();
    }

    /** What the loss keeps during the run, by name. */
    Map<String, NDArray> parts() {
        return parts;
    }

    /** All training rows, in the split's order. */
    Material material() {
        return material;
    }

    /** Shows the rows as they look in this epoch, if they are varied. An interrupted teacher leaves them as they were. */
    void beginEpoch(int epoch) {
        if (!lesson.rows().isVaried()) {
            return;
        }
        try (NDManager scope = manager.newSubManager()) {
            Map<String, NDArray> now = new HashMap<>();
            Material.of(scope, inputs, lesson.inEpoch(epoch)).map(now::put);
            material.map((name, array) -> {
                array.set(new NDIndex("..."), now.get(name));
                return array;
            });
        } catch (CancellationException e) {
            // The thread is still interrupted, which ends the training.
        }
    }

    /** The loss of some of the material, as {@link #batch} takes it: a scalar, differentiable in the weights. */
    NDArray loss(Material some, NDArray places, double progress) {
        return loss.of(batch(some, places, progress));
    }

    /**
     * What a loss sees of some of the material.
     *
     * @param places   of these rows in the training set
     * @param progress how much of the run is done, from 0 to 1
     */
    Batch batch(Material some, NDArray places, double progress) {
        return batch(some, places, partsIn(places.getManager()), progress);
    }

    /** The same with other arrays for the parts. */
    Batch batch(Material some, NDArray places, Map<String, NDArray> parts, double progress) {
        Map<String, NDArray> layers = new HashMap<>();
        NDArray student = forward(some.features(), true, loss.needs().studentLayers(), layers);
        return new Batch(student, some.teacher(), some.labels(), places, layers, some.layers(), parts, new Moment(progress, epochs));
    }

    /**
     * The class that the net predicts now for each validation row; empty without a validation split, and not for all rows when
     * the thread is interrupted.
     */
    int[] predictValidation() {
        return validation.predict();
    }

    /** All that changes while it learns: the net's parameters, and what the loss keeps. */
    NDList arrays() {
        NDList arrays = new NDList();
        block.getParameters().values().forEach(parameter -> arrays.add(parameter.getArray()));
        arrays.addAll(parts.values());
        return arrays;
    }

    /**
     * Puts these arrays back to what they were when they were encoded.
     *
     * @throws IllegalArgumentException when they are others
     */
    void restore(NDList arrays, byte[] encoded) {
        try (NDManager scope = manager.newSubManager()) {
            NDList then = NDList.decode(scope, encoded);
            if (!Arrays.equals(then.getShapes(), arrays.getShapes())) {
                throw new IllegalArgumentException("the net has become another: it had arrays of " + Arrays.toString(then.getShapes())
                        + ", and now has " + Arrays.toString(arrays.getShapes()) + "; begin again with another checkpoint file");
            }
            for (int i = 0; i < arrays.size(); i++) {
                arrays.get(i).set(new NDIndex("..."), then.get(i));
            }
        }
    }

    /** The parameters, as DJL writes them. */
    byte[] encoded() {
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

    private NDArray forward(NDArray rows, boolean training, Set<String> wanted, Map<String, NDArray> seen) {
        NDArray inputs = rows.reshape(new Shape(rows.getShape().get(0)).addAll(rowShape));
        return Taps.forward(block, parameters, inputs, training, wanted, seen);
    }

    /** Views of the parts, so that what is calculated with them belongs to the batch's manager, not to the run's. */
    private Map<String, NDArray> partsIn(NDManager scope) {
        Map<String, NDArray> views = new HashMap<>();
        parts.forEach((name, part) -> {
            NDArray view = part.reshape(part.getShape());
            view.attach(scope);
            views.put(name, view);
        });
        return views;
    }

    private Map<String, NDArray> parts(Lesson lesson) {
        if (lesson.targets() == null) {
            return Map.of();
        }
        Map<String, Shape> teacher = new HashMap<>();
        lesson.targets().layers().forEach((name, layer) -> teacher.put(name, layer.shape()));
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        for (Part part : loss.parts(new Layout(lesson.rows().size(), Taps.shapes(block, rowShape), teacher))) {
            NDArray array = manager.randomUniform((float) part.low(), (float) part.high(), part.shape());
            array.setRequiresGradient(part.trained());
            arrays.put(part.name(), array);
        }
        return arrays;
    }
}
