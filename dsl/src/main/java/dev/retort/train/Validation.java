package dev.retort.train;

import dev.retort.data.Split;

/**
 * What labels and teacher say of the validation rows.
 *
 * @param labels  the true classes; null where there is no validation split
 * @param teacher the teacher's; null without a teacher
 */
record Validation(int[] labels, int[] teacher) {
    /** For rows that have no validation split. */
    static final Validation NONE = new Validation(null, null);

    /** Shares of the rows, from 0 to 1; NaN where there is nothing to compare with. */
    record Shares(double accuracy, double agreement) {
    }

    static Validation of(Split rows, Targets targets) {
        return new Validation(rows.labels(), targets == null ? null : targets.validationClasses());
    }

    /** How well these predictions do. */
    Shares of(int[] predicted) {
        return new Shares(share(predicted, labels), share(predicted, teacher));
    }

    private static double share(int[] predicted, int[] expected) {
        return expected == null ? Double.NaN : Logits.agreement(predicted, expected);
    }
}
