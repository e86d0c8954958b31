package dev.retort.distill;

import dev.retort.data.Split;
import dev.retort.loss.Loss;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.train.Logits;
import dev.retort.train.Monitor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What came of a {@link Plan}: the runs that were finished, and a note of those that were not. */
public final class Sweep {
    private final List<Outcome> outcomes;

    Sweep(List<Outcome> outcomes) {
        this.outcomes = List.copyOf(outcomes);
    }

    /** The finished runs, in the order of the plan. */
    public List<Run> runs() {
        return outcomes.stream().filter(outcome -> outcome.run() != null).map(Outcome::run).toList();
    }

    /** One row a run: student, loss, seed, size, validation accuracy, agreement with the teacher, and how it ended. */
    public Table table() {
        return Outcome.table(outcomes);
    }

    /** One row a student, one column a loss: the mean validation accuracy over the seeds, to choose by. */
    public Table means() {
        Map<Blueprint, Map<Loss, Double>> means = outcomes.stream().filter(outcome -> outcome.run() != null).collect(
                Collectors.groupingBy(outcome -> outcome.recipe().student(), LinkedHashMap::new,
                        Collectors.groupingBy(outcome -> outcome.recipe().loss(),
                                Collectors.averagingDouble(Outcome::validationAccuracy))));
        Table table = Table.create("mean validation accuracy",
                StringColumn.create("student", means.keySet().stream().map(Blueprint::toString)));
        outcomes.stream().map(outcome -> outcome.recipe().loss()).distinct().forEach(loss -> table.addColumns(
                DoubleColumn.create(loss.toString(),
                        means.values().stream().mapToDouble(byLoss -> byLoss.getOrDefault(loss, Double.NaN)).toArray())));
        return table;
    }

    /**
     * The run whose student does best on the validation rows; the smallest of those that do equally well.
     *
     * @throws IllegalStateException when no run was finished, or there are no validation rows
     */
    public Run best() {
        return outcomes.stream()
                .filter(outcome -> Double.isFinite(outcome.validationAccuracy()))
                .max(Comparator.comparingDouble(Outcome::validationAccuracy)
                        .thenComparing(Comparator.comparingLong((Outcome outcome) -> outcome.run().student().bytes()).reversed()))
                .orElseThrow(() -> new IllegalStateException("no run of the sweep has a validation accuracy: " + this))
                .run();
    }

    /**
     * Size against accuracy on rows that no student has seen, the teacher among them. Several seeds of a student and loss
     * count as one, with their mean and its 95 % interval; seeds that change nothing count once.
     *
     * @throws IllegalArgumentException when the split is empty or does not suit the students
     * @throws IllegalStateException    when no run was finished
     */
    public Tradeoff tradeoff(Split rows) {
        List<Run> runs = runs();
        if (runs.isEmpty()) {
            throw new IllegalStateException("no run of the sweep was finished: " + this);
        }
        Classifier teacher = runs.get(0).teacher();
        Map<String, List<Classifier>> students = new LinkedHashMap<>();
        byTitle().forEach((title, kind) -> students.put(title, different(kind)));
        return Tradeoff.of(rows, teacher, students);
    }

    private static List<Classifier> different(List<Run> runs) {
        Map<String, Classifier> students = new LinkedHashMap<>();
        runs.forEach(run -> students.put(run.student().fingerprint(), run.student()));
        return List.copyOf(students.values());
    }

    /**
     * What the teacher was good for, student by student and loss by loss, on rows that none has seen: over seeds by a paired
     * t-test; for a single seed, or where seeds change nothing, as in {@link Run#gain}. The {@linkplain Run#twin twins} are
     * trained for it, unless they are there; runs that differ in their loss alone share one.
     *
     * @throws IllegalArgumentException when the split is empty or does not suit the students
     */
    public Table gains(Split rows) {
        Monitor monitor = Monitor.create();
        runs().forEach(run -> run.twin(() -> monitor));
        return Gain.table(byTitle().entrySet().stream().map(kind -> gain(kind.getKey(), kind.getValue(), rows)).toList());
    }

    private static Gain gain(String title, List<Run> runs, Split rows) {
        if (different(runs).size() == 1) {
            return Gain.onRows(title, runs.get(0).student().predict(rows), runs.get(0).twin().predict(rows), rows.labels());
        }
        int[] labels = rows.labels();
        return Gain.overSeeds(title,
                runs.stream().mapToDouble(run -> Logits.agreement(run.student().predict(rows), labels)).toArray(),
                runs.stream().mapToDouble(run -> Logits.agreement(run.twin().predict(rows), labels)).toArray());
    }

    /** The runs that differ in their seed alone, under what tells them from the others: student, loss or both. */
    private Map<String, List<Run>> byTitle() {
        boolean oneStudent = outcomes.stream().map(outcome -> outcome.recipe().student()).distinct().count() == 1;
        boolean oneLoss = outcomes.stream().map(outcome -> outcome.recipe().loss()).distinct().count() == 1;
        return runs().stream().collect(Collectors.groupingBy(
                run -> oneLoss ? run.student().name() : oneStudent ? run.loss().toString() : run.student().name() + ", " + run.loss(),
                LinkedHashMap::new, Collectors.toList()));
    }

    @Override
    public String toString() {
        return outcomes.size() + " runs: " + outcomes.stream()
                .collect(Collectors.groupingBy(outcome -> outcome.state().toString(), LinkedHashMap::new, Collectors.counting()))
                .entrySet().stream().map(each -> each.getValue() + " " + each.getKey()).collect(Collectors.joining(", "));
    }
}
