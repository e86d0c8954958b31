package dev.retort.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * An optimiser at work on a net's weights. It sees them as one long vector: a norm is then that of all gradients, and the
 * number of operations hardly depends on the number of layers. The moments belong to the run's manager.
 */
final class Descent {
    /** As in PyTorch's {@code clip_grad_norm_}. */
    static final double NOT_ZERO = 1e-6;

    private final Optimizer optimizer;
    private final double longest;
    private final List<NDArray> weights;
    private final NDList moments = new NDList();
    private final long[] borders;

    /**
     * @param manager of the run
     * @param longest the norm that a gradient is clipped to; infinite for any
     * @param weights the arrays to move, which have gradients
     */
    Descent(NDManager manager, Optimizer optimizer, double longest, List<NDArray> weights) {
        this.optimizer = optimizer;
        this.longest = longest;
        this.weights = List.copyOf(weights);
        long[] ends = weights.stream().mapToLong(NDArray::size).toArray();
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        borders = LongStream.of(ends).limit(ends.length - 1).toArray();
        for (int i = 0; i < optimizer.moments(); i++) {
            moments.add(manager.zeros(new Shape(ends[ends.length - 1])));
        }
    }

    /**
     * Moves the weights against their gradients, and sets these to zero.
     *
     * @param scope owns what is computed on the way
     * @param step  from 1
     * @param rate  the learning rate of this step
     */
    void step(NDManager scope, long step, double rate) {
        weights.forEach(weight -> lend(weight, scope));
        moments.forEach(moment -> lend(moment, scope));
        List<NDArray> gradients = weights.stream().map(NDArray::getGradient).toList();
        NDArray change = optimizer.change(vector(weights), clipped(vector(gradients)), moments, step, rate);
        NDList changes = change.split(borders);
        for (int i = 0; i < weights.size(); i++) {
            weights.get(i).subi(changes.get(i).reshape(weights.get(i).getShape()));
            gradients.get(i).muli(0);
        }
    }

    /** What it remembers: one vector a moment. */
    NDList moments() {
        return moments;
    }

    /** The same by weight: all first moments, then all second ones. They share the vectors' memory. */
    List<NDArray> views() {
        List<NDArray> views = new ArrayList<>();
        for (NDArray moment : moments) {
            NDList parts = moment.split(borders);
            for (int i = 0; i < weights.size(); i++) {
                views.add(parts.get(i).reshape(weights.get(i).getShape()));
            }
        }
        return views;
    }

    /** What is computed from an array belongs to the manager that it is attached to. */
    private static void lend(NDArray array, NDManager scope) {
        if (array.getManager() != scope) {
            array.tempAttach(scope);
        }
    }

    private NDArray clipped(NDArray gradient) {
        if (Double.isInfinite(longest)) {
            return gradient;
        }
        NDArray factor = gradient.norm().addi(NOT_ZERO).pow(-1).mul(longest).minimum(1);
        return gradient.muli(factor);
    }

    private static NDArray vector(List<NDArray> arrays) {
        NDList flat = new NDList();
        arrays.forEach(array -> flat.add(array.flatten()));
        return NDArrays.concat(flat);
    }
}
