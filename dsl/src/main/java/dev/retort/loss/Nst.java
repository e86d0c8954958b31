package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Neuron selectivity transfer (Huang and Wang 2017, «Like What You Like»): the squared maximum mean discrepancy between the
 * channels of both layers, each a map of length 1, with the kernel {@code k(x, y) = (xᵀy)²}. Mean over rows of
 *
 * <pre>  mean of k(s, s′) + mean of k(t, t′) − 2 · mean of k(s, t)   over pairs of channels</pre>
 *
 * Channels may differ. Where height or width differ, the larger layer is averaged down to the smaller (adaptive average
 * pooling).
 */
public record Nst() implements LayerTerm {
    @Override
    public NDArray of(LayerPair layers) {
        LayerPair maps = layers.maps();
        NDArray student = Measures.unit(maps.student().flatten(2, 3));
        NDArray teacher = Measures.unit(maps.teacher().flatten(2, 3));
        NDArray between = kernel(student, teacher);
        return kernel(student, student).add(kernel(teacher, teacher)).sub(between.add(between));
    }

    private static NDArray kernel(NDArray one, NDArray other) {
        return one.matMul(other.transpose(0, 2, 1)).square().mean();
    }

    @Override
    public boolean suits(Shape shape) {
        return Maps.suits(shape);
    }

    @Override
    public String suited() {
        return Maps.SUITED;
    }

    @Override
    public String latex() {
        return "\\overline{k(\\hat F_s,\\hat F_s)} + \\overline{k(\\hat F_t,\\hat F_t)} - 2\\,\\overline{k(\\hat F_s,\\hat F_t)},"
                + "\\quad k(x,y)=(x^\\top y)^2";
    }

    @Override
    public String toString() {
        return "nst()";
    }
}
