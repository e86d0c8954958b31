package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Hints (Romero et al. 2015, «FitNets: Hints for Thin Deep Nets»): the student's layer, brought to the teacher's width, is to
 * equal the teacher's. Mean over rows, channels and positions of
 *
 * <pre>  ( r(F_s) − F_t )²</pre>
 *
 * Where the widths differ, r is a regressor that learns with the student and is thrown away: a linear map of rows of numbers,
 * a 1×1 convolution of maps. Where they are equal there is none. Of maps of different height or width the larger is
 * averaged down to the smaller (adaptive average pooling).
 */
public record Hint() implements LayerTerm {
    @Override
    public NDArray of(LayerPair layers) {
        LayerPair channels = layers.channels();
        return Measures.meanSquared(Regressor.of(channels), channels.teacher());
    }

    @Override
    public boolean suits(Shape shape) {
        return Regressor.suits(shape);
    }

    @Override
    public String suited() {
        return Regressor.SUITED;
    }

    @Override
    public String mismatch(Shape student, Shape teacher) {
        return Regressor.mismatch(student, teacher);
    }

    @Override
    public List<Part> parts(Shape student, Shape teacher, long rows) {
        return Regressor.parts(student, teacher);
    }

    @Override
    public String latex() {
        return "\\tfrac{1}{C}\\left\\|r(F_s) - F_t\\right\\|_2^2";
    }

    @Override
    public String toString() {
        return "hint()";
    }
}
