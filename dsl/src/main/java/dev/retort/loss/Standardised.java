package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import dev.retort.data.Says;

/**
 * Logit standardisation (Sun et al. 2024, «Logit Standardization in Knowledge Distillation»): soft targets between logits
 * that were shifted and scaled, row by row, to mean 0 and standard deviation 1 (the unbiased one):
 *
 * <pre>  T² · mean over rows of KL( softmax(ẑ of teacher / T) ‖ softmax(ẑ of student / T) )</pre>
 *
 * Student and teacher are logits, rows × classes; the result is a scalar.
 *
 * @param temperature T, above 0; 2 is usual
 */
public record Standardised(double temperature) implements Loss {
    /** @throws IllegalArgumentException when the temperature is not a positive, finite number */
    public Standardised {
        Numbers.requireTemperature(temperature, Numbers.call("standardised", temperature));
    }

    @Override
    public NDArray of(Batch batch) {
        return SoftTargets.of(standardised(batch.student()), standardised(batch.teacher()), batch.constant(temperature));
    }

    private static NDArray standardised(NDArray logits) {
        NDArray centred = logits.sub(logits.mean(new int[] {-1}, true));
        return Measures.unit(centred).mul(Measures.constant(logits, Math.sqrt(logits.getShape().get(1) - 1)));
    }

    @Override
    public Needs needs() {
        return Needs.of(Says.LOGITS);
    }

    @Override
    public String latex() {
        String t = Numbers.plain(temperature);
        return t + "^2\\,\\mathrm{KL}\\!\\left(\\mathrm{softmax}(\\hat z_t/" + t + ")\\,\\|\\,\\mathrm{softmax}(\\hat z_s/" + t
                + ")\\right),\\quad \\hat z = \\tfrac{z-\\bar z}{\\sigma(z)}";
    }

    @Override
    public String toString() {
        return Numbers.call("standardised", temperature);
    }
}
