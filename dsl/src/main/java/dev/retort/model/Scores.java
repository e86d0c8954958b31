package dev.retort.model;

import ai.djl.Device;
import dev.retort.data.Split;
import dev.retort.train.Logits;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A classifier's answers for a whole split. */
public final class Scores {
    /** For answers that nobody waits for. */
    static final IntConsumer SILENT = rows -> { };

    private static final int BATCH = 512;

    private Scores() {
    }

    /**
     * The logits of all rows, rows × classes, row-major.
     *
     * @param done told after each batch how many rows are done
     * @throws IllegalArgumentException when the rows do not suit the classifier
     * @throws CancellationException    at the next batch after the thread is interrupted; it stays interrupted
     */
    public static float[] of(Classifier classifier, Split rows, Device device, IntConsumer done) {
        check(classifier, rows);
        int classes = classifier.classes().size();
        float[] logits = new float[rows.size() * classes];
        try (Scorer scorer = classifier.open(device)) {
            for (int from = 0; from < rows.size(); from += BATCH) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException(classifier.name() + " was interrupted after " + from + " of " + rows.size() + " rows");
                }
                int to = Math.min(rows.size(), from + BATCH);
                System.arraycopy(scorer.logits(rows, from, to), 0, logits, from * classes, (to - from) * classes);
                done.accept(to);
            }
        }
        return logits;
    }

    /**
     * Refuses rows that a classifier cannot answer for.
     *
     * @throws IllegalArgumentException names what differs
     */
    public static void check(Classifier classifier, Split rows) {
        if (!classifier.classes().equals(rows.classes())) {
            throw new IllegalArgumentException("the classes of " + classifier.name() + " are " + brief(classifier.classes())
                    + ", but " + rows.name() + " is labelled with " + brief(rows.classes())
                    + "; use the data set that it was trained on, or one with the same classes");
        }
        if (!classifier.rowShape().equals(rows.rowShape())) {
            throw new IllegalArgumentException(classifier.name() + " takes rows of shape " + classifier.rowShape()
                    + ", but rows of " + rows.name() + " have the shape " + rows.rowShape());
        }
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
