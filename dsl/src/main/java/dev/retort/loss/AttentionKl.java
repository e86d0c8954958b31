package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * The divergence of attention probabilities (Aguilar et al. 2020, «Knowledge Distillation from Internal Representations»):
 * of layers heads × tokens × tokens whose last axis sums to 1, the mean over rows of the batch, heads and tokens of
 *
 * <pre>  KL( A_t ‖ A_s )</pre>
 *
 * Shapes must be equal. Probabilities are raised by 10⁻¹² inside the logarithm: masked tokens have 0.
 */
public record AttentionKl() implements LayerTerm {
    private static final double ABOVE_ZERO = 1e-12;

    @Override
    public NDArray of(LayerPair layers) {
        NDArray little = layers.constant(ABOVE_ZERO);
        NDArray student = layers.student().add(little).log();
        NDArray teacher = layers.teacher().add(little).log();
        return layers.teacher().mul(teacher.sub(student)).sum(new int[] {-1}).mean();
    }

    @Override
    public boolean suits(Shape shape) {
        int last = shape.dimension() - 1;
        return last >= 1 && shape.get(last) == shape.get(last - 1);
    }

    @Override
    public String suited() {
        return "attention probabilities (heads, tokens, tokens)";
    }

    @Override
    public String mismatch(Shape student, Shape teacher) {
        return student.equals(teacher) ? null : "heads and tokens must be equal";
    }

    @Override
    public String latex() {
        return "\\mathrm{KL}\\!\\left(A_t\\,\\|\\,A_s\\right)";
    }

    @Override
    public String toString() {
        return "attentionKl()";
    }
}
