package dev.retort.data;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * Rows with a class each, divided into train, validation and test. Immutable.
 *
 * <p>The division is the source's own where it has one (Fashion-MNIST, Letter Recognition); validation rows, half as
 * many as the test has, are then taken from the official train part. All other data is divided 70 : 15 : 15. What is
 * drawn is drawn stratified by class, with the seed 1.
 */
public final class DataSet {

    private final Content content;
    private final Split train;
    private final Split validation;
    private final Split test;
    private String fingerprint;

    DataSet(Content content, Partition partition) {
        this.content = content;
        this.train = new Split(this, Part.TRAIN, partition.train());
        this.validation = new Split(this, Part.VALIDATION, partition.validation());
        this.test = new Split(this, Part.TEST, partition.test());
    }

    /**
     * A data set that comes with Retort: {@code digits}, {@code fashion-mnist}, {@code letter} or {@code movie-reviews}.
     * It is read once and kept while memory allows.
     *
     * <p>Images are rows of shape (1, height, width). The features of a text are 1 or 0: whether it contains each of
     * the 2,048 words and pairs of neighbouring words that most texts for training contain.
     *
     * @throws IllegalArgumentException if there is none of this name; the message says which there are
     */
    public static DataSet named(String name) {
        return Bundled.dataSet(name);
    }

    /**
     * A data set from a table. Numeric columns are features, boolean columns are features of 0 and 1, and a column of
     * strings with at most 50 different values becomes one such feature for each value, named {@code column=value}.
     *
     * @param table one row per example, nothing missing
     * @param label the column with the class, of any type; numbers are ordered by value, all else alphabetically
     * @throws IllegalArgumentException if a value is missing or not finite, a column is no feature, there is no such
     *     label column, or there are fewer than two classes or ten rows of a class
     */
    public static DataSet of(Table table, String label) {
        return new OwnTable(table, label).dataSet();
    }

    /**
     * A data set from a CSV file with a line of headers, otherwise as from a table.
     *
     * @throws IllegalArgumentException as for a table, or if the file is missing or is no CSV
     */
    public static DataSet csv(Path path, String label) {
        return of(CsvFile.read(path), label);
    }

    /** The name that it was asked for by, or that of its table or file. */
    public String name() {
        return content.name();
    }

    /** The names of the classes; a label is an index into them. */
    public List<String> classes() {
        return content.classes();
    }

    /** The shape of the features of one row, such as (1, 28, 28) or (16). */
    public Shape rowShape() {
        return content.rowShape();
    }

    /** The names of the features, of texts their words; empty where a row is an image. */
    public List<String> columns() {
        return content.columns();
    }

    /** The rows to train on. */
    public Split train() {
        return train;
    }

    /** The rows to choose settings by. */
    public Split validation() {
        return validation;
    }

    /** The rows to report results on. */
    public Split test() {
        return test;
    }

    /** What it is, where it is from and under which licence, as plain text. */
    public String card() {
        return content.card();
    }

    /** The SHA-256 of everything in it but its name and card, in hexadecimal; computed at the first call. */
    public synchronized String fingerprint() {
        if (fingerprint == null) {
            fingerprint = content.fingerprint();
        }
        return fingerprint;
    }

    /** The same data with more rows, which have no labels and belong to no part. */
    DataSet with(float[] features) {
        int known = content.labels().length;
        Labels labels = new Labels(classes(), content.labels()).extended(features.length / train.width());
        return with(labels.byId(), new Features.Joined(content.features(), known, new Features.Floats(features, train.width())));
    }

    /** The same rows, as they look through views. */
    DataSet seen(List<View> views, long seed, int epoch) {
        return with(content.labels(), new Features.Seen(content.features(), rowShape(), views, seed, epoch));
    }

    private DataSet with(int[] labels, Features features) {
        return new DataSet(content.with(labels, features), new Partition(train.ids(), validation.ids(), test.ids()));
    }

    @Override
    public String toString() {
        return "%s: %,d train, %,d validation and %,d test rows of %s, %d classes".formatted(
                name(), train.size(), validation.size(), test.size(), rowShape(), classes().size());
    }

    /** Which part has the row of this id, in words. */
    String whereIs(int id) {
        return Stream.of(train, validation, test)
                .filter(part -> IntStream.of(part.ids()).anyMatch(own -> own == id))
                .findFirst()
                .map(part -> "it is in " + part.name())
                .orElseGet(() -> "%s has the ids 0 to %d".formatted(name(), content.labels().length - 1));
    }

    Content content() {
        return content;
    }
}
