package dev.retort.model;

import ai.djl.ndarray.types.Shape;
import dev.retort.train.Provenance;
import dev.retort.train.Standardizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A classifier that is a description and some bytes on the heap, and nothing else. It takes native memory only while it is open. */
abstract class StoredClassifier implements Classifier {
    private final Stored stored;
    private final Standardizer inputs;
    private final Shape rowShape;
    private final String fingerprint;

    StoredClassifier(Stored stored) {
        this.stored = stored;
        inputs = new Standardizer(stored.description().mean(), stored.description().deviation());
        rowShape = new Shape(stored.description().rowShape());
        fingerprint = ClassifierFile.digest(stored.description(), decisive(stored.content()));
    }

    /** The classifier of a kind that needs no blueprint; empty for networks and kinds that nobody knows. */
    static Optional<StoredClassifier> of(Stored stored) {
        return Optional.ofNullable(switch (stored.description().kind()) {
            case TreesClassifier.KIND -> new TreesClassifier(stored);
            case TribuoClassifier.KIND -> new TribuoClassifier(stored);
            case OnnxEngine.KIND, ScriptEngine.KIND -> new ImportedClassifier(stored);
            default -> null;
        });
    }

    /** The part of the content that decides the answers: all of it, unless something else is in there. */
    byte[] decisive(byte[] content) {
        return content;
    }

    final Stored stored() {
        return stored;
    }

    final byte[] content() {
        return stored.content();
    }

    final String detail(String name) {
        return stored.description().details().get(name);
    }

    /** How rows become inputs. */
    final Standardizer inputs() {
        return inputs;
    }

    @Override
    public final String name() {
        return stored.description().name();
    }

    @Override
    public final List<String> classes() {
        return stored.description().classes();
    }

    @Override
    public final Shape rowShape() {
        return rowShape;
    }

    @Override
    public final List<String> columns() {
        return stored.description().columns();
    }

    @Override
    public final long bytes() {
        return stored.content().length;
    }

    @Override
    public final String fingerprint() {
        return fingerprint;
    }

    @Override
    public final Provenance provenance() {
        return stored.provenance();
    }

    @Override
    public final void save(Path file) throws IOException {
        ClassifierFile.write(file, stored);
    }

    @Override
    public final String toString() {
        return name() + ", " + parameters() + " parameters, " + classes().size() + " classes"
                + (provenance().data().isEmpty() ? "" : ", trained on " + provenance().data());
    }
}
