package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import dev.retort.data.Says;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Soft targets (Hinton, Vinyals, Dean 2015, «Distilling the Knowledge in a Neural Network»):
 *
 * <pre>  T² · mean over rows of KL( softmax(teacher / T) ‖ softmax(student / T) )</pre>
 *
 * Student and teacher are logits, rows × classes; the result is a scalar.
 *
 * <p>T² keeps the gradients' size when the temperature changes; it is always there, also when the term stands alone.
 *
 * @param temperature T, above 0; the higher, the softer
 */
public record SoftTargets(double temperature) implements Loss {
    /** @throws IllegalArgumentException when the temperature is not a positive, finite number */
    public SoftTargets {
        Numbers.requireTemperature(temperature, Numbers.call("softTargets", temperature));
    }

    @Override
    public NDArray of(Batch batch) {
        return of(batch.student(), batch.teacher(), batch.constant(temperature));
    }

    static NDArray of(NDArray student, NDArray teacher, NDArray t) {
        NDArray divergence = Measures.kl(teacher.div(t).logSoftmax(-1), student.div(t).logSoftmax(-1));
        return divergence.mean().mul(t.square());
    }

    @Override
    public Needs needs() {
        return Needs.of(Says.PROBABILITIES);
    }

    /** The softened probabilities. */
    @Override
    public double[] asks(float[] teacher, int label, int classes) {
        double highest = IntStream.range(0, classes).mapToDouble(c -> teacher[c]).max().orElseThrow();
        double[] softened = IntStream.range(0, classes).mapToDouble(c -> Math.exp((teacher[c] - highest) / temperature)).toArray();
        double sum = Arrays.stream(softened).sum();
        return Arrays.stream(softened).map(value -> value / sum).toArray();
    }

    @Override
    public String latex() {
        String t = Numbers.plain(temperature);
        return t + "^2\\,\\mathrm{KL}\\!\\left(\\mathrm{softmax}(z_t/" + t + ")\\,\\|\\,\\mathrm{softmax}(z_s/" + t + ")\\right)";
    }

    @Override
    public String toString() {
        return Numbers.call("softTargets", temperature);
    }
}
