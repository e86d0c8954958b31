package dev.retort.train;

import dev.retort.data.Says;
import java.util.Map;

/**
 * What a teacher said of the rows of a split, in the split's order.
 *
 * @param teacher    who it is
 * @param says       how much of it can be trusted: logits that are log probabilities, or one class a row
 * @param answers    its logits
 * @param layers     its inner layers that were asked for, by name
 * @param validation its logits of the validation rows, for the agreement; null where there are none
 */
public record Targets(Provenance.Teacher teacher, Says says, Said answers, Map<String, Said> layers, Said validation) {
    private static final int CHUNK = 4096;

    /** All logits at once, rows × classes, row-major. */
    public float[] logits() {
        return answers.range(0, answers.rows());
    }

    /** The size of all that it said of the rows. */
    long bytes() {
        long widths = answers.width() + layers.values().stream().mapToLong(Said::width).sum();
        return Float.BYTES * widths * answers.rows();
    }

    /** The class that the teacher predicts for each validation row; empty where there are none. */
    public int[] validationClasses() {
        int[] predicted = new int[validation == null ? 0 : validation.rows()];
        for (int from = 0; from < predicted.length; from += CHUNK) {
            int to = Math.min(predicted.length, from + CHUNK);
            System.arraycopy(Logits.predicted(validation.range(from, to), validation.width()), 0, predicted, from, to - from);
        }
        return predicted;
    }
}
