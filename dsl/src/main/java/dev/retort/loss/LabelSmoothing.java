package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * Label smoothing (Szegedy et al. 2016, «Rethinking the Inception Architecture»): cross-entropy with a target that gives
 * 1 − ε to the true label and spreads ε evenly over all K classes, mean over rows.
 *
 * <pre>  (1 − ε) · CE(label, student) + ε · mean over classes of −log softmax(student)</pre>
 *
 * The student is logits, rows × classes; labels are rows; the result is a scalar.
 *
 * @param epsilon ε, from 0 (hard labels) to 1; 0.1 is usual
 */
public record LabelSmoothing(double epsilon) implements Loss {
    /** @throws IllegalArgumentException when ε is not between 0 and 1 */
    public LabelSmoothing {
        Numbers.require(epsilon >= 0 && epsilon <= 1,
                Numbers.call("labelSmoothing", epsilon) + ": the share that is spread is between 0 and 1; 0.1 is usual");
    }

    @Override
    public NDArray of(Batch batch) {
        NDArray truth = HardLabels.crossEntropy(batch.student(), batch.labels());
        NDArray all = batch.student().logSoftmax(-1).mean().neg();
        return truth.mul(batch.constant(1 - epsilon)).add(all.mul(batch.constant(epsilon)));
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public double[] asks(float[] teacher, int label, int classes) {
        double[] smooth = new double[classes];
        Arrays.fill(smooth, epsilon / classes);
        smooth[label] += 1 - epsilon;
        return smooth;
    }

    @Override
    public Loss whereLabelled() {
        return new WhereLabelled(this);
    }

    @Override
    public String latex() {
        String e = Numbers.plain(epsilon);
        return "\\mathrm{CE}\\!\\left((1-" + e + ")\\,y+\\tfrac{" + e + "}{K},\\,\\mathrm{softmax}(z_s)\\right)";
    }

    @Override
    public String toString() {
        return Numbers.call("labelSmoothing", epsilon);
    }
}
