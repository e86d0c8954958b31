package dev.retort.distill;

import dev.retort.model.Classifier;
import dev.retort.train.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * A classifier made again from its provenance.
 *
 * @param original   how the first one was made
 * @param classifier the second one
 */
public record Reproduction(Provenance original, Classifier classifier) {
    /**
     * Trains it again. A teacher that was trained here is made again first, from its own provenance.
     *
     * @param words the class of the language's words
     * @param own   what no recipe can name: data sets, splits, teachers and blueprints of one's own, in any order
     * @throws IllegalArgumentException when something that is needed is neither known nor given, or is not what it was
     * @throws CancellationException    when it is interrupted
     */
    public static Reproduction of(Provenance original, Class<?> words, Object... own) {
        Classifier again = new Maker(words, List.of(own)).make(original);
        if (again.provenance().interrupted()) {
            throw new CancellationException("the reproduction of " + original.model() + " was interrupted");
        }
        return new Reproduction(original, again);
    }

    /**
     * Goes on with the training that keeps this checkpoint, to bitwise what it would have become without a break. A teacher that
     * was trained here is made again first.
     *
     * @param words the class of the language's words
     * @param own   what no recipe can name, as in {@link #of}
     * @throws IOException              when there is no such file, or it is something else, or damaged
     * @throws IllegalArgumentException when something that is needed is neither known nor given, or is not what it was
     */
    public static Classifier resume(Path checkpoint, Class<?> words, Object... own) throws IOException {
        return new Maker(words, List.of(own)).resume(checkpoint);
    }

    /** Whether the second one is bitwise the first one. */
    public boolean identical() {
        return classifier.fingerprint().equals(original.fingerprint());
    }

    @Override
    public String toString() {
        Provenance again = classifier.provenance();
        return classifier.name() + (identical() ? ": bitwise the same again" : ": not bitwise the same again"
                + "\nfirst     " + original.fingerprint().substring(0, 12) + " on " + original.device() + ", " + original.versions()
                + "\nagain     " + again.fingerprint().substring(0, 12) + " on " + again.device() + ", " + again.versions());
    }
}
