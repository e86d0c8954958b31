package dev.retort.model;

import dev.retort.train.Provenance;
import java.io.IOException;
import java.nio.file.Path;

/** A classifier that has nothing of its own to write to a file: made of others, or of code of this session. */
abstract class UnsavedClassifier implements Classifier {
    @Override
    public final Provenance provenance() {
        return Provenance.elsewhere(toString(), fingerprint(), "");
    }

    @Override
    public final void save(Path file) throws IOException {
        throw new IOException(this + " has no file of its own; save what it is made of, and make it anew from that");
    }

    @Override
    public String toString() {
        return name();
    }
}
