package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import dev.retort.data.Says;

/**
 * Soft targets (Hinton, Vinyals, Dean 2015, «Distilling the Knowledge in a Neural Network»):
 *
 * <pre>  T² · mean over rows of KL( softmax(teacher / T) ‖ softmax(student / T) )</pre>
 *
 * T² keeps the gradients' size when the temperature changes; it is always there, also when the term stands alone.
 *
 * @param temperature T, above 0; the higher, the softer
 */
public record SoftTargets(double temperature) implements Loss {
    /** @throws IllegalArgumentException when the temperature is not a positive, finite number */
    public SoftTargets {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException(
                    "softTargets(" + temperature + "): a temperature is above 0; 1 leaves the teacher as it is, 2 to 8 are usual");
        }
    }

    @Override
    public NDArray of(Batch batch) {
        NDArray t = batch.constant(temperature);
        NDArray teacher = batch.teacher().div(t);
        NDArray student = batch.student().div(t);
        NDArray surprise = teacher.logSoftmax(-1).sub(student.logSoftmax(-1));
        NDArray divergence = teacher.softmax(-1).mul(surprise).sum(new int[] {-1});
        return divergence.mean().mul(t.square());
    }

    @Override
    public Needs needs() {
        return Needs.of(Says.PROBABILITIES);
    }

    @Override
    public double weight() {
        return 1;
    }

    @Override
    public String latex() {
        String t = Numbers.plain(temperature);
        return t + "^2\\,\\mathrm{KL}\\!\\left(\\mathrm{softmax}(z_t/" + t + ")\\,\\|\\,\\mathrm{softmax}(z_s/" + t + ")\\right)";
    }

    @Override
    public String toString() {
        return "softTargets(" + Numbers.plain(temperature) + ")";
    }
}
