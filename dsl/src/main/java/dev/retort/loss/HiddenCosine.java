package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * The angle between hidden states (Aguilar et al. 2020, «Knowledge Distillation from Internal Representations»; also the
 * third term of DistilBERT): mean over rows of {@code 1 − cos( F_s, F_t )}. Shapes must be equal; of tokens × width each
 * token counts as a row.
 */
public record HiddenCosine() implements LayerTerm {
    @Override
    public NDArray of(LayerPair layers) {
        return Measures.cosineDistance(layers.student(), layers.teacher());
    }

    @Override
    public boolean suits(Shape shape) {
        return shape.dimension() <= 2;
    }

    @Override
    public String suited() {
        return "hidden states (width) or (tokens, width)";
    }

    @Override
    public String mismatch(Shape student, Shape teacher) {
        return student.equals(teacher) ? null : "the shapes must be equal; hint(…) learns to match other widths";
    }

    @Override
    public String latex() {
        return "1 - \\cos\\!\\left(F_s,\\,F_t\\right)";
    }

    @Override
    public String toString() {
        return "hiddenCosine()";
    }
}
