package dev.retort.data;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * Some rows of a data set: a view that copies nothing. Immutable.
 *
 * <p>A row is addressed by its place in the split, from 0 to {@link #size()} - 1; its {@linkplain #id(int) id} is the
 * same in all splits of the data set.
 */
public final class Split {

    /** The label of a row that has none. */
    public static final int UNLABELLED = -1;

    private static final long SEED_OF_TAKE = 0;

    private final DataSet data;
    private final Part part;
    private final String name;
    private final int[] ids;
    private final Labels labels;
    private final List<View> views;

    Split(DataSet data, Part part, int[] ids) {
        this(data, part, data.name() + "/" + part, ids, new Labels(data.classes(), data.content().labels()), List.of());
    }

    private Split(DataSet data, Part part, String name, int[] ids, Labels labels, List<View> views) {
        this.data = data;
        this.part = part;
        this.name = name;
        this.ids = ids;
        this.labels = labels;
        this.views = views;
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
        return labels.classes();
    }

    /** The shape of the features of one row. */
    public Shape rowShape() {
        return data.rowShape();
    }

    /** The names of the features, of texts their words; empty where a row is an image. */
    public List<String> columns() {
        return data.columns();
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

    /** The class of the i-th row, an index into {@link #classes()}, or {@link #UNLABELLED}. */
    public int label(int i) {
        return labels.byId()[ids[i]];
    }

    /** The classes of all rows, a copy. */
    public int[] labels() {
        return IntStream.range(0, size()).map(this::label).toArray();
    }

    /** The name of the class of the i-th row; empty if it has no label. */
    public String labelName(int i) {
        return label(i) == UNLABELLED ? "" : classes().get(label(i));
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
        return cut("where(…)", places(condition));
    }

    /**
     * The rows of all classes but these.
     *
     * @throws IllegalArgumentException if there is no such class
     */
    public Split without(String... omitted) {
        int[] indices = Stream.of(omitted).mapToInt(labels::indexOf).toArray();
        return cut("without(\"%s\")".formatted(String.join("\", \"", omitted)),
                places(i -> IntStream.of(indices).noneMatch(index -> index == label(i))));
    }

    /** The same rows, none of which has a label: a teacher's answers are all that can be learned from them. */
    public Split withoutLabels() {
        return new Split(data, part, name + ".withoutLabels()", ids, labels.keeping(id -> false), views);
    }

    /**
     * The same rows without labels, for models of these other classes: a transfer set from another source. It has no
     * validation split, since that is labelled with its own classes.
     */
    public Split withoutLabels(List<String> classes) {
        return new Split(data, Part.TRANSFER, name + ".withoutLabels(…)", ids, labels.noneOf(classes), views);
    }

    /**
     * The same rows, of which only those of {@link #take take(n)} keep their labels.
     *
     * @throws IllegalArgumentException unless {@code 1 <= n <= size()}
     */
    public Split withLabels(int n) {
        Set<Integer> kept = IntStream.of(take(n).ids).boxed().collect(Collectors.toSet());
        return new Split(data, part, name + ".withLabels(%d)".formatted(n), ids, labels.keeping(kept::contains), views);
    }

    /**
     * These rows, and so many times as many new ones without labels, each a row mixed with another one in a proportion
     * that is drawn evenly (Zhang et al. 2018, «mixup», with α = 1). A teacher says what the new rows are.
     *
     * @throws IllegalArgumentException if the rows are texts, or {@code times < 1}
     */
    public Split mixup(int times, long seed) {
        return with(Synthetic.mixup(this, times, seed), "mixup(%d, %d)".formatted(times, seed));
    }

    /**
     * These rows, and so many times as many new ones without labels, each a row half of whose columns were moved towards
     * its nearest neighbour: drawn around the neighbour's value, with the difference as deviation; zeros and ones are taken
     * over (after MUNGE: Buciluă, Caruana and Niculescu-Mizil 2006, «Model Compression»). A teacher says what the new rows are.
     *
     * @throws IllegalArgumentException if the rows are not those of a table, or {@code times < 1}
     */
    public Split munge(int times, long seed) {
        return with(Synthetic.munge(this, times, seed), "munge(%d, %d)".formatted(times, seed));
    }

    /**
     * The same images, which a training sees moved by up to so many pixels in each direction, anew in each epoch; a teacher
     * answers for each of them as it is seen.
     *
     * @throws IllegalArgumentException if the rows are no images of more pixels
     */
    public Split shifted(int pixels) {
        return through(new View.Shifted(pixels));
    }

    /** As {@link #shifted}, each image mirrored one time out of two, left to right. */
    public Split flipped() {
        return through(new View.Flipped());
    }

    /** As {@link #shifted}, each a window of the image that is smaller by so many pixels, stretched to the image's size. */
    public Split cropped(int pixels) {
        return through(new View.Cropped(pixels));
    }

    /** Whether a training sees the rows differently in each epoch. */
    public boolean isVaried() {
        return !views.isEmpty();
    }

    /** The rows as a training with this seed sees them in an epoch. */
    public Split inEpoch(int epoch, long seed) {
        return new Split(data.seen(views, seed, epoch), part, name, ids, labels, List.of());
    }

    /** The rows that have a label. */
    public Split labelled() {
        return isLabelled() ? this : cut("labelled()", places(i -> label(i) != UNLABELLED));
    }

    /** Whether all rows have a label. */
    public boolean isLabelled() {
        return IntStream.range(0, size()).allMatch(i -> label(i) != UNLABELLED);
    }

    /**
     * The one row of this id.
     *
     * @throws IllegalArgumentException if it is not in this split; the message says which ids are
     */
    public Split row(int id) {
        if (IntStream.of(ids).noneMatch(own -> own == id)) {
            throw new IllegalArgumentException("no row %d in %s; %s".formatted(id, name, data.whereIs(id)));
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
        return SplitTable.of(this, data.content());
    }

    @Override
    public String toString() {
        return "%s: %,d rows of %s, %d classes".formatted(name, size(), rowShape(), classes().size());
    }

    private Split draw(int n, long seed, String how) {
        if (n < 1 || n > size()) {
            throw new IllegalArgumentException("cannot take %,d rows of %s; it has %,d".formatted(n, name, size()));
        }
        return cut(how, Arrays.copyOf(Stratified.order(ids, labels.byId(), seed), n));
    }

    private Split cut(String how, int[] some) {
        return new Split(data, part, name + "." + how, some, labels, views);
    }

    private int[] places(IntPredicate condition) {
        return IntStream.range(0, size()).filter(condition).map(this::id).toArray();
    }

    /** These rows and new ones, in a data set of their own. */
    private Split with(float[] features, String how) {
        int more = features.length / width();
        int known = labels.byId().length;
        int[] longer = IntStream.concat(IntStream.of(ids), IntStream.range(known, known + more)).toArray();
        return new Split(data.with(features), part, name + "." + how, longer, labels.extended(more), views);
    }

    private Split through(View view) {
        View.check(view, this);
        return new Split(data, part, name + "." + view, ids, labels, Stream.concat(views.stream(), Stream.of(view)).toList());
    }

    private void requireRange(int from, int to) {
        if (from < 0 || to < from || to > size()) {
            throw new IndexOutOfBoundsException(
                    "no rows %d to %d in %s; it has %,d, from 0 to %d".formatted(from, to, name, size(), size()));
        }
    }
}
