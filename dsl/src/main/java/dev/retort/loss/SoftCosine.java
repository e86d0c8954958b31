package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import dev.retort.data.Says;

/**
 * The angle between soft targets: mean over rows of {@code 1 − cos( softmax(student / T), softmax(teacher / T) )}, a bounded
 * companion of the divergences. It is between 0 and 1 at every temperature, and carries no T². It is from no paper. Student and teacher
 * are logits, rows × classes; the result is a scalar.
 *
 * @param temperature T, above 0
 */
public record SoftCosine(double temperature) implements Loss {
    /** @throws IllegalArgumentException when the temperature is not a positive, finite number */
    public SoftCosine {
        Numbers.requireTemperature(temperature, Numbers.call("softCosine", temperature));
    }

    @Override
    public NDArray of(Batch batch) {
        NDArray t = batch.constant(temperature);
        return Measures.cosineDistance(batch.student().div(t).softmax(-1), batch.teacher().div(t).softmax(-1));
    }

    @Override
    public Needs needs() {
        return Needs.of(Says.PROBABILITIES);
    }

    @Override
    public String latex() {
        String t = Numbers.plain(temperature);
        return "1 - \\cos\\!\\left(\\mathrm{softmax}(z_s/" + t + "),\\,\\mathrm{softmax}(z_t/" + t + ")\\right)";
    }

    @Override
    public String toString() {
        return Numbers.call("softCosine", temperature);
    }
}
