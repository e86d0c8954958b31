package dev.retort.datasets;

import java.util.List;

/** The rows of a data set in the order of their source, those for training first where the source has a split. */
public sealed interface Rows {

    /** The class of each row: an index into {@link Card#classes()}. */
    int[] labels();

    /**
     * Rows of small numbers.
     *
     * @param columns what the numbers of a row are called; empty where the source does not name them
     * @param values unsigned bytes, row after row
     * @param labels the class of each row
     */
    record Numbers(List<String> columns, byte[] values, int[] labels) implements Rows {}

    /**
     * Rows of text.
     *
     * @param texts one text a row
     * @param labels the class of each row
     */
    record Texts(List<String> texts, int[] labels) implements Rows {}
}
