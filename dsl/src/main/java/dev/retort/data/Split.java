package dev.retort.data;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Some rows of a data set: a view that copies nothing. Immutable.
 *
 * <p>A row is addressed by its place in the split, from 0 to {@link #size()} - 1; its {@linkplain #id(int) id} is the
 * same in all splits of the data set.
 */
public final class Split {

    private static final long SEED_OF_TAKE = 0;

    private final DataSet data;
    private final Part part;
    private final String name;
    private final int[] ids;

    Split(DataSet data, Part part, int[] ids) {
        this(data, part, data.name() + "/" + part, ids);
    }

    private Split(DataSet data, Part part, String name, int[] ids) {
        this.data = data;
        this.part = part;
        this.name = name;
        this.ids = ids;
    }

    /** Its data set, its part and how it was cut from there, such as {@code letter/train.take(100)}. */
    public String name() {
        return name;
    }

    /** The number of rows. */
    public int size() {
        return ids.length;
    }

    /** The names of the classes of the data set, whether or not this split has rows of each. */
    public List<String> classes() {
        return data.classes();
    }

    /** The shape of the features of one row. */
    public Shape rowShape() {
        return data.rowShape();
    }

    /** How many features a row has: the product of {@link #rowShape()}. */
    public int width() {
        return Math.toIntExact(rowShape().size());
    }

    /** The id of the i-th row: its number in the source, counted from 0. */
    public int id(int i) {
        return ids[i];
    }

    /** The ids of all rows, a copy. */
    public int[] ids() {
        return ids.clone();
    }

    /** The class of the i-th row, an index into {@link #classes()}. */
    public int label(int i) {
        return data.content().labels()[ids[i]];
    }

    /** The classes of all rows, a copy. */
    public int[] labels() {
        return IntStream.range(0, size()).map(this::label).toArray();
    }

    /** The name of the class of the i-th row. */
    public String labelName(int i) {
        return classes().get(label(i));
    }

    /** The text of the i-th row; empty if the rows are not texts. */
    public Optional<String> text(int i) {
        List<String> texts = data.content().texts();
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts.get(ids[i]));
    }

    /** Writes the features of the i-th row, as in the source and in row-major order, into an array from an offset on. */
    public void features(int i, float[] into, int offset) {
        data.content().features().copy(ids[i], into, offset);
    }

    /** The features of all rows, row after row: {@code size() * width()} values. */
    public float[] features() {
        return features(0, size());
    }

    /**
     * The features of the rows from one place to before another, row after row.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= size()}
     */
    public float[] features(int from, int to) {
        requireRange(from, to);
        int width = width();
        float[] values = new float[Math.multiplyExact(to - from, width)];
        for (int i = from; i < to; i++) {
            features(i, values, (i - from) * width);
        }
        return values;
    }

    /**
     * The first n rows of a stratified shuffled order that depends only on the split: {@code take(100)} is always the
     * same and is part of {@code take(200)}; each class has its share, give or take less than one row.
     *
     * @throws IllegalArgumentException unless {@code 1 <= n <= size()}
     */
    public Split take(int n) {
        return draw(n, SEED_OF_TAKE, "take(%d)".formatted(n));
    }

    /**
     * As {@link #take}, from the order that belongs to a seed.
     *
     * @throws IllegalArgumentException unless {@code 1 <= n <= size()}
     */
    public Split sample(int n, long seed) {
        return draw(n, seed, "sample(%d, %d)".formatted(n, seed));
    }

    /**
     * The rows from one place to before another, in the order of this split.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= size()}
     */
    public Split rows(int from, int to) {
        requireRange(from, to);
        return cut("rows(%d, %d)".formatted(from, to), Arrays.copyOfRange(ids, from, to));
    }

    /** The rows on whose place the condition holds, in the order of this split; maybe none. */
    public Split where(IntPredicate condition) {
        return cut("where(…)", IntStream.range(0, size()).filter(condition).map(this::id).toArray());
    }

    /**
     * The one row of this id.
     *
     * @throws IllegalArgumentException if it is not in this split; the message says which ids are
     */
    public Split row(int id) {
        if (IntStream.of(ids).noneMatch(own -> own == id)) {
            throw new IllegalArgumentException("no row %d in %s; %s".formatted(id, name, whereIs(id)));
        }
        return cut("row(%d)".formatted(id), new int[] {id});
    }

    /** The validation split of the data set if these rows are for training; otherwise empty. */
    public Optional<Split> validation() {
        return part == Part.TRAIN ? Optional.of(data.validation()) : Optional.empty();
    }

    /** The {@linkplain DataSet#fingerprint() fingerprint} of the data set, in which an id means one row. */
    public String fingerprint() {
        return data.fingerprint();
    }

    /**
     * The rows as a table: row id, label, and the text or the features by name. An image is left at id and label;
     * its pixels are in {@link #features()}.
     */
    public Table table() {
        Table table = Table.create(name,
                IntColumn.create("row id", ids),
                StringColumn.create("label", IntStream.range(0, size()).mapToObj(this::labelName)));
        if (!data.content().texts().isEmpty()) {
            table.addColumns(StringColumn.create("text", IntStream.of(ids).mapToObj(data.content().texts()::get)));
        }
        return table.addColumns(featureColumns());
    }

    @Override
    public String toString() {
        return "%s: %,d rows of %s, %d classes".formatted(name, size(), rowShape(), classes().size());
    }

    private FloatColumn[] featureColumns() {
        FloatColumn[] columns = data.content().columns().stream()
                .map(column -> FloatColumn.create(column, size()))
                .toArray(FloatColumn[]::new);
        float[] row = new float[width()];
        for (int i = 0; columns.length > 0 && i < size(); i++) {
            features(i, row, 0);
            for (int column = 0; column < columns.length; column++) {
                columns[column].set(i, row[column]);
            }
        }
        return columns;
    }

    private Split draw(int n, long seed, String how) {
        if (n < 1 || n > size()) {
            throw new IllegalArgumentException("cannot take %,d rows of %s; it has %,d".formatted(n, name, size()));
        }
        return cut(how, Arrays.copyOf(Stratified.order(ids, data.content().labels(), seed), n));
    }

    private Split cut(String how, int[] some) {
        return new Split(data, part, name + "." + how, some);
    }

    private void requireRange(int from, int to) {
        if (from < 0 || to < from || to > size()) {
            throw new IndexOutOfBoundsException(
                    "no rows %d to %d in %s; it has %,d, from 0 to %d".formatted(from, to, name, size(), size()));
        }
    }

    private String whereIs(int id) {
        for (Split other : List.of(data.train(), data.validation(), data.test())) {
            if (IntStream.of(other.ids).anyMatch(own -> own == id)) {
                return "it is in " + other.name;
            }
        }
        return "%s has the ids 0 to %d".formatted(data.name(), data.content().labels().length - 1);
    }
}
