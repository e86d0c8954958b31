package dev.retort.data;

/** What a classifier can say of a row. Each says all that the ones before it say. */
public enum Says {
    /** A class, and nothing else: a black box that answers. */
    LABELS,
    /** Probabilities. What stands for its logits is their logarithm: equal but for a constant a row, which softmax does not see. */
    PROBABILITIES,
    /** Logits. */
    LOGITS;

    /** Whether it says as much as another, or more. */
    public boolean atLeast(Says other) {
        return compareTo(other) >= 0;
    }
}
