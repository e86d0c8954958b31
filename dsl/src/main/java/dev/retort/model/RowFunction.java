package dev.retort.model;

import dev.retort.data.Split;

/** Something about one row; may throw anything. */
@FunctionalInterface
public interface RowFunction<T> {
    /**
     * @param row a split of one row: {@code row.features()} are its numbers, as in the source, {@code row.text(0)} is its text
     * @throws Exception passed on as the cause of an error that names the row
     */
    T of(Split row) throws Exception;
}
