package dev.retort.loss;

import ai.djl.ndarray.NDArray;

/**
 * Probabilistic knowledge transfer (Passalis and Tefas 2018, «Learning Deep Representations with Probabilistic Knowledge
 * Transfer»): the divergence of the probabilities that a row picks another as its neighbour, mean over N × N.
 *
 * <pre>  mean over i, j of p_t(j | i) · log( p_t(j | i) / p_s(j | i) ),   p(j | i) ∝ (cos(F_i, F_j) + 1) / 2</pre>
 *
 * Widths may differ. Both probabilities are raised by 10⁻⁷ inside the logarithm.
 */
public record Pkt() implements LayerTerm {
    private static final double ABOVE_ZERO = 1e-7;

    @Override
    public NDArray of(LayerPair layers) {
        LayerPair rows = layers.flat();
        NDArray little = layers.constant(ABOVE_ZERO);
        NDArray student = neighbours(rows.student());
        NDArray teacher = neighbours(rows.teacher());
        return teacher.mul(teacher.add(little).log().sub(student.add(little).log())).mean();
    }

    private static NDArray neighbours(NDArray x) {
        NDArray directions = Measures.unit(x);
        NDArray similarity = directions.matMul(directions.transpose()).add(Measures.constant(x, 1)).div(Measures.constant(x, 2));
        return similarity.div(similarity.sum(new int[] {1}, true));
    }

    @Override
    public String latex() {
        return "\\tfrac{1}{N^2}\\sum_{i,j} p_t^{j|i}\\,\\log\\tfrac{p_t^{j|i}}{p_s^{j|i}},\\quad p^{j|i}\\propto\\tfrac{\\cos(F_i, F_j)+1}{2}";
    }

    @Override
    public String toString() {
        return "pkt()";
    }
}
