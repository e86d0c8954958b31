package dev.retort.train;

import ai.djl.ndarray.types.Shape;

/** What a teacher said of the rows of a split, in the split's order: its logits, or one of its inner layers. It may lie on disk. */
public interface Said {
    /** The number of rows. */
    int rows();

    /** The shape of one row: (classes), or that of a layer. */
    Shape shape();

    /** Writes what was said of a row into an array, from an offset on. */
    void copy(int row, float[] into, int offset);

    /** How many numbers a row has. */
    default int width() {
        return Math.toIntExact(shape().size());
    }

    /** What was said of some rows, rows × width, row-major. */
    default float[] of(long... rows) {
        float[] values = new float[Math.multiplyExact(rows.length, width())];
        for (int i = 0; i < rows.length; i++) {
            copy((int) rows[i], values, i * width());
        }
        return values;
    }

    /** What was said of the rows from one to before another, rows × width, row-major. */
    default float[] range(int from, int to) {
        float[] values = new float[Math.multiplyExact(to - from, width())];
        for (int i = from; i < to; i++) {
            copy(i, values, (i - from) * width());
        }
        return values;
    }
}
