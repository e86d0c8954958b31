package dev.retort.report;

import dev.retort.data.Split;
import dev.retort.device.Devices;
import dev.retort.model.Classifier;
import dev.retort.model.Scores;
import dev.retort.train.Logits;
import dev.retort.train.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Classifiers side by side, measured on the same rows of the same machine. The first is the reference, usually the teacher.
 */
public final class Comparison {
    private final List<Measured> measured;

    private Comparison(List<Measured> measured) {
        this.measured = measured;
    }

    /** One classifier's figures; accuracy and agreement from 0 to 1, margin half of the 95 % interval, times in milliseconds. */
    private record Measured(
            String name, long parameters, long bytes, double accuracy, double margin, double agreement, Latency latency) {
    }

    /**
     * Measures classifiers on rows that none of them has seen.
     *
     * @throws IllegalArgumentException when the split is empty or does not suit a classifier
     */
    public static Comparison of(Split rows, Classifier first, Classifier... others) {
        if (rows.size() == 0) {
            throw new IllegalArgumentException("the split " + rows.name() + " is empty: there is nothing to compare on");
        }
        List<Classifier> all = Stream.concat(Stream.of(first), Stream.of(others)).toList();
        all.forEach(classifier -> Scores.check(classifier, rows));
        List<Latency> latencies = Latency.measure(all, rows, Devices.best());
        int[] reference = first.predict(rows);
        List<Measured> measured = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Classifier classifier = all.get(i);
            int[] predicted = i == 0 ? reference : classifier.predict(rows);
            double accuracy = Logits.agreement(predicted, rows.labels());
            measured.add(new Measured(name(classifier), classifier.parameters(), classifier.bytes(), accuracy,
                    margin(accuracy, rows.size()), Logits.agreement(predicted, reference), latencies.get(i)));
        }
        return new Comparison(measured);
    }

    /** One row a classifier: parameters, bytes, accuracy with half its 95 % interval, agreement with the first, milliseconds. */
    public Table table() {
        return Table.create("comparison",
                StringColumn.create("model", measured.stream().map(Measured::name)),
                LongColumn.create("parameters", measured.stream().mapToLong(Measured::parameters).toArray()),
                LongColumn.create("bytes", measured.stream().mapToLong(Measured::bytes).toArray()),
                DoubleColumn.create("accuracy", measured.stream().mapToDouble(Measured::accuracy).toArray()),
                DoubleColumn.create("± 95 %", measured.stream().mapToDouble(Measured::margin).toArray()),
                DoubleColumn.create("agreement", measured.stream().mapToDouble(Measured::agreement).toArray()),
                DoubleColumn.create("ms for 1 row", measured.stream().mapToDouble(m -> m.latency().oneRow()).toArray()),
                DoubleColumn.create("ms for " + Latency.BATCH + " rows",
                        measured.stream().mapToDouble(m -> m.latency().batch()).toArray()));
    }

    /**
     * Each classifier against the first in one line: «x % smaller, y % faster, keeps z % of the accuracy». Smaller is in
     * bytes; faster is in the time of one batch.
     */
    public String summary() {
        return measured.stream().skip(1).map(this::againstFirst).collect(Collectors.joining("\n"));
    }

    private String againstFirst(Measured other) {
        Measured first = measured.get(0);
        String size = first.bytes() == 0 ? "" : change(1 - other.bytes() / (double) first.bytes(), "smaller", "larger") + ", ";
        return other.name() + " is " + size + change(1 - other.latency().batch() / first.latency().batch(), "faster", "slower")
                + ", keeps " + percent(other.accuracy() / first.accuracy()) + " of the accuracy of " + first.name();
    }

    private static String change(double saved, String less, String more) {
        return percent(Math.abs(saved)) + " " + (saved >= 0 ? less : more);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String name(Classifier classifier) {
        Provenance.Teacher teacher = classifier.provenance().teacher();
        return teacher == null ? classifier.name() : classifier.name() + " taught by " + teacher.name();
    }

    /** Half of Wilson's 95 % interval of a share of n rows. */
    private static double margin(double share, int n) {
        double z = 1.96;
        return z / (1 + z * z / n) * Math.sqrt(share * (1 - share) / n + z * z / (4.0 * n * n));
    }

    @Override
    public String toString() {
        return summary();
    }
}
