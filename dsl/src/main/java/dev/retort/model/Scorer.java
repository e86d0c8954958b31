package dev.retort.model;

import dev.retort.data.Split;

/** A classifier ready to answer, its weights on a device until it is closed. Not for several threads at once. */
public interface Scorer extends AutoCloseable {
    /** The logits of rows {@code from} to {@code to - 1} of a split, rows × classes, row-major. */
    float[] logits(Split rows, int from, int to);

    @Override
    void close();
}
