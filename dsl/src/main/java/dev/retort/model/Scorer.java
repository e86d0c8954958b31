package dev.retort.model;

import dev.retort.data.Answer;
import dev.retort.data.Split;
import java.util.Set;

/** A classifier ready to answer, its weights on a device until it is closed. */
@FunctionalInterface
public interface Scorer extends AutoCloseable {
    /** What it says of rows {@code from} to {@code to - 1} of a split, with these of its {@link Classifier#layers}. */
    Answer answer(Split rows, int from, int to, Set<String> layers);

    /** The logits of rows {@code from} to {@code to - 1} of a split, rows × classes, row-major. */
    default float[] logits(Split rows, int from, int to) {
        return answer(rows, from, to, Set.of()).logits();
    }

    /** How many threads may ask for these layers at once, each of which calculates alone; one, unless a scorer says otherwise. */
    default int threads(Set<String> layers) {
        return 1;
    }

    /** How many rows each of several threads had better ask about at once. */
    default int rowsAtOnce() {
        return 128;
    }

    /** Frees what it holds outside the heap. */
    @Override
    default void close() {
    }
}
