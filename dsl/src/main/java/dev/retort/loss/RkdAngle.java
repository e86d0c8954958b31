package dev.retort.loss;

import ai.djl.ndarray.NDArray;

/**
 * Relational knowledge distillation by angle (Park et al. 2019, «Relational Knowledge Distillation»): Huber's loss between
 * the cosines of the angles that triplets of rows form; mean over all N × N × N of them.
 *
 * <pre>  mean over i, j, k of smoothL1( cos ∠_s(i, j, k),  cos ∠_t(i, j, k) ),  the angle being at j</pre>
 *
 * Widths may differ. It keeps N³ numbers: batches of up to about 256 rows suit it.
 */
public record RkdAngle() implements LayerTerm {
    @Override
    public NDArray of(LayerPair layers) {
        LayerPair rows = layers.flat();
        return Measures.smoothL1(cosines(rows.student()), cosines(rows.teacher()));
    }

    private static NDArray cosines(NDArray x) {
        NDArray directions = Measures.unit(x.expandDims(0).sub(x.expandDims(1)));
        return directions.matMul(directions.transpose(0, 2, 1));
    }

    @Override
    public String latex() {
        return "\\mathrm{smooth}_{L_1}\\!\\left(\\cos\\angle F_s^iF_s^jF_s^k,\\,\\cos\\angle F_t^iF_t^jF_t^k\\right)";
    }

    @Override
    public String toString() {
        return "rkdAngle()";
    }
}
