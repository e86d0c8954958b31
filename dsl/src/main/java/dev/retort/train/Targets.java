package dev.retort.train;

/**
 * What a teacher said of the rows of a split, in the split's order.
 *
 * @param teacher          its name
 * @param fingerprint      its fingerprint
 * @param logits           rows × classes, row-major
 * @param validationLogits the same for the validation rows, for the agreement; empty where there are none
 */
public record Targets(String teacher, String fingerprint, float[] logits, float[] validationLogits) {
}
