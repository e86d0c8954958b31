package dev.retort.model;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.device.Devices;
import dev.retort.train.Logits;
import dev.retort.train.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/** A trained model: frozen, in inference mode, without gradients. It answers, and cannot learn. */
public interface Classifier {
    /** What it is, such as {@code cnn(32, 64)}. */
    String name();

    /** The classes, in the order of its logits. */
    List<String> classes();

    /** The shape of one row, such as (1, 28, 28). */
    Shape rowShape();

    /** The names of the features of a row, of a text its words; empty where it is an image, or they are not known. */
    default List<String> columns() {
        return List.of();
    }

    /** What it can say of a row: logits, unless it is less open. */
    default Says says() {
        return Says.LOGITS;
    }

    /** The layers that it can be asked for, from the first to the last, which is the output, with the shape that a row has there. */
    default Map<String, Shape> layers() {
        return Map.of();
    }

    /** How many numbers were learned. */
    long parameters();

    /** The size of its weights, in bytes. */
    long bytes();

    /** SHA-256 of all that decides its answers, in hexadecimal: equal fingerprints answer alike, bit by bit on one machine. */
    String fingerprint();

    /** How it was made. */
    Provenance provenance();

    /** Puts the weights on a device; whoever opens it closes it. */
    Scorer open(Device device);

    /**
     * Writes it into one file, which {@code load} reads. The file appears whole or not at all.
     *
     * @throws IOException when it cannot be written
     */
    void save(Path file) throws IOException;

    /** {@link #save(Path)} with the path as text. */
    default void save(String file) throws IOException {
        save(Path.of(file));
    }

    /**
     * This classifier with its classes in the order of a data set: the logits of the first class come first, and so on. It cannot be
     * saved; save this one.
     *
     * @throws IllegalArgumentException when the classes differ in more than their order
     */
    default Classifier inOrderOf(List<String> classes) {
        return classes.equals(classes()) ? this : new Rearranged(this, classes);
    }

    /**
     * The logits of all rows, rows × classes, row-major, computed on the best device.
     *
     * @throws IllegalArgumentException when the rows do not suit this classifier
     */
    default float[] scores(Split rows) {
        return Scores.of(this, rows, Devices.best(), Scores.SILENT);
    }

    /** The class index that it predicts for each row. */
    default int[] predict(Split rows) {
        return Logits.predicted(scores(rows), classes().size());
    }

    /** The share of rows whose label it predicts, from 0 to 1. */
    default double accuracy(Split rows) {
        return Logits.agreement(predict(rows), rows.labels());
    }

    /** A table of logits: row id, label, predicted class, one column a class. */
    default Table logits(Split rows) {
        float[] scores = scores(rows);
        double[] values = new double[scores.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = scores[i];
        }
        return Scores.table("logits of " + name(), this, rows, scores, values);
    }

    /** A table of {@code softmax(logits / temperature)}: row id, label, predicted class, one column a class. */
    default Table probabilities(Split rows, double temperature) {
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("a temperature is above 0, not " + temperature);
        }
        float[] scores = scores(rows);
        return Scores.table("probabilities of " + name() + ", T = " + temperature, this, rows, scores,
                Logits.probabilities(scores, classes().size(), temperature));
    }
}
