package dev.retort.model;

import ai.djl.Device;
import dev.retort.data.Split;
import dev.retort.train.Logits;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A classifier's answers for a whole split. */
public final class Scores {
    /** For answers that nobody waits for. */
    static final IntConsumer SILENT = rows -> { };

    private Scores() {
    }

    /**
     * The logits of all rows, rows × classes, row-major.
     *
     * @param progress told after each batch how many rows are done
     * @throws IllegalArgumentException when the rows do not suit the classifier
     * @throws CancellationException    at the next batch after the thread is interrupted; it stays interrupted
     */
    public static float[] of(Classifier classifier, Split rows, Device device, IntConsumer progress) {
        try (Labeller labeller = new Labeller(classifier, device)) {
            return labeller.answer(rows, Set.of(), progress).logits();
        }
    }

    /**
     * Refuses rows that a classifier cannot answer for.
     *
     * @throws IllegalArgumentException names what differs
     */
    public static void check(Classifier classifier, Split rows) {
        if (!classifier.classes().equals(rows.classes()) && Set.copyOf(classifier.classes()).equals(Set.copyOf(rows.classes()))) {
            throw new IllegalArgumentException("the classes of " + classifier.name() + " are in the order "
                    + brief(classifier.classes()) + ", those of " + rows.name() + " in the order " + brief(rows.classes())
                    + "; write inOrderOf(data.classes()) behind the classifier");
        }
        if (!classifier.classes().equals(rows.classes())) {
            throw new IllegalArgumentException("the classes of " + classifier.name() + " are " + brief(classifier.classes())
                    + ", but " + rows.name() + " is labelled with " + brief(rows.classes())
                    + "; use the data set that it was trained on, or one with the same classes (uld() compares others, but in its value alone)");
        }
        if (!classifier.rowShape().equals(rows.rowShape())) {
            throw new IllegalArgumentException(classifier.name() + " takes rows of shape " + classifier.rowShape()
                    + ", but rows of " + rows.name() + " have the shape " + rows.rowShape());
        }
        int other = firstDifference(classifier.columns(), rows.columns());
        if (other >= 0) {
            throw new IllegalArgumentException(rows.size() > 0 && rows.text(0).isPresent() ? otherWords(classifier, rows, other)
                    : "column " + (other + 1) + " of the rows that " + classifier.name() + " takes is "
                    + name(classifier.columns(), other) + ", but that of " + rows.name() + " is " + name(rows.columns(), other)
                    + "; give the table the same columns in the same order");
        }
    }

    private static String otherWords(Classifier classifier, Split rows, int first) {
        return "the vocabulary of %s has %,d words and pairs, that of %s has %,d, and they are others: number %,d is %s, but here %s; each data set"
                .formatted(classifier.name(), classifier.columns().size(), rows.name(), rows.columns().size(), first + 1,
                        name(classifier.columns(), first), name(rows.columns(), first))
                + " of texts takes its words from its own training texts, so use the one that the model was trained on";
    }

    /** A name for messages. */
    static String name(List<String> names, int place) {
        return place < names.size() ? "'" + names.get(place) + "'" : "missing";
    }

    /** The place of the first name that differs, or that only one has; -1 where none does, or the names are not known. */
    static int firstDifference(List<String> some, List<String> others) {
        int both = Math.min(some.size(), others.size());
        int same = (int) IntStream.range(0, both).takeWhile(i -> some.get(i).equals(others.get(i))).count();
        return both == 0 || some.size() == others.size() && same == both ? -1 : same;
    }

    static Table table(String title, Classifier classifier, Split rows, float[] logits, double[] values) {
        List<String> classes = classifier.classes();
        int[] predicted = Logits.predicted(logits, classes.size());
        StringColumn label = StringColumn.create("label");
        StringColumn prediction = StringColumn.create("predicted");
        for (int i = 0; i < rows.size(); i++) {
            label.append(rows.labelName(i));
            prediction.append(classes.get(predicted[i]));
        }
        Table table = Table.create(title, IntColumn.create("row", rows.ids()), label, prediction);
        for (int c = 0; c < classes.size(); c++) {
            double[] column = new double[rows.size()];
            for (int i = 0; i < column.length; i++) {
                column[i] = values[i * classes.size() + c];
            }
            table.addColumns(DoubleColumn.create(columnName(table, classes.get(c)), column));
        }
        return table;
    }

    /** A class may be called «label»; a table's columns must differ. */
    private static String columnName(Table table, String name) {
        return table.columnNames().stream().anyMatch(name::equalsIgnoreCase) ? "class " + name : name;
    }

    static String brief(List<String> classes) {
        int shown = 5;
        return classes.size() <= shown ? classes.toString()
                : classes.size() + " classes (" + String.join(", ", classes.subList(0, shown)) + ", …)";
    }
}
