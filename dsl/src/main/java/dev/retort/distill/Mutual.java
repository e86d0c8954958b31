package dev.retort.distill;

import dev.retort.data.Split;
import dev.retort.loss.MutualLearning;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.model.Cohort;
import dev.retort.train.Lesson;
import dev.retort.train.Monitor;
import dev.retort.train.TrainingOptions;
import java.util.List;

/**
 * Students without a teacher, which learn from the labels and from each other. Immutable. See {@link MutualLearning}.
 *
 * <pre>{@code
 * var students = mutual(mlp(32), mlp(64)).on(letter.train()).run(epochs(10).seed(1));
 * }</pre>
 */
public final class Mutual {
    private final Cohort cohort;
    private final MutualLearning loss;

    private Mutual(Cohort cohort, MutualLearning loss) {
        this.cohort = cohort;
        this.loss = loss;
    }

    /** @throws IllegalArgumentException when there are not at least two, or one is no network */
    public static Mutual of(Blueprint... students) {
        return new Mutual(new Cohort(List.of(students)), new MutualLearning(students.length));
    }

    /** The rows that they learn from; those without a label are left out. */
    public On on(Split rows) {
        return new On(this, rows);
    }

    /** Students that know their rows. */
    public record On(Mutual students, Split rows) {
        /** Runs 10 epochs with seed 0. */
        public List<Classifier> run() {
            return run(Distillation.DEFAULT_OPTIONS);
        }

        /**
         * Trains them all at once; the monitor shows the first one's accuracy. An interrupted thread ends it early.
         * With a checkpoint, the same run goes on from there; {@code resume} and {@code reproduce} make one classifier, and refuse.
         *
         * @return the students, in the order in which they were named
         */
        public List<Classifier> run(TrainingOptions options) {
            Split labelled = rows.labelled();
            String title = students.cohort + " on " + rows.name();
            return students.cohort.train(new Lesson(title, labelled, null, students.loss, options, Monitor.create()));
        }
    }
}
