package dev.retort.loss;

import ai.djl.ndarray.NDArray;

/**
 * Relational knowledge distillation by distance (Park et al. 2019, «Relational Knowledge Distillation»): Huber's loss
 * between the distances of pairs of rows, each divided by the mean distance of its model; mean over all N × N pairs.
 *
 * <pre>  mean over i, j of smoothL1( d_s(i, j) / mean d_s,  d_t(i, j) / mean d_t )</pre>
 *
 * Widths may differ. The mean is that of the distances above 0.
 */
public record RkdDistance() implements LayerTerm {
    @Override
    public NDArray of(LayerPair layers) {
        LayerPair rows = layers.flat();
        return Measures.smoothL1(distances(rows.student()), distances(rows.teacher()));
    }

    private static NDArray distances(NDArray x) {
        NDArray products = x.matMul(x.transpose());
        NDArray squares = products.diagonal();
        NDArray squared = squares.expandDims(0).add(squares.expandDims(1)).sub(products.add(products));
        NDArray distances = Measures.root(squared.maximum(Measures.constant(x, 0)));
        NDArray apart = Measures.constant(x, 1).sub(Measures.isZero(distances.stopGradient().square()));
        NDArray mean = distances.sum().div(apart.sum().maximum(Measures.constant(x, 1)));
        return distances.div(mean.add(Measures.isZero(mean.stopGradient().square())));
    }

    @Override
    public String latex() {
        return "\\mathrm{smooth}_{L_1}\\!\\left(\\tfrac{\\|F_s^i-F_s^j\\|}{\\mu_s},\\,\\tfrac{\\|F_t^i-F_t^j\\|}{\\mu_t}\\right)";
    }

    @Override
    public String toString() {
        return "rkdDistance()";
    }
}
