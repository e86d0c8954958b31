package dev.retort.model;

import dev.retort.data.Split;

/** How much each member of an ensemble counts for a row; may throw anything. */
@FunctionalInterface
public interface RowWeights {
    /**
     * One weight a member, each 0 or more, at least one above.
     *
     * @param row a split of one row: {@code row.features()}, {@code row.text(0)}
     * @throws Exception passed on as the cause of an error that names the row
     */
    double[] of(Split row) throws Exception;
}
