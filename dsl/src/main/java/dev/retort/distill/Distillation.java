package dev.retort.distill;

import dev.retort.data.Split;
import dev.retort.loss.HardLabels;
import dev.retort.loss.Loss;
import dev.retort.loss.Needs;
import dev.retort.loss.SoftTargets;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.model.Fitted;
import dev.retort.model.Scores;
import dev.retort.train.Lesson;
import dev.retort.train.Monitor;
import dev.retort.train.Targets;
import dev.retort.train.TrainingOptions;
import java.util.Locale;

/**
 * A teacher, a student, the transfer set and a loss, declared and checked before anything runs. Immutable.
 *
 * <pre>{@code
 * distill(teacher).into(mlp(32)).on(fashion.train())
 *     .loss(softTargets(2).times(0.5).plus(hardLabels().times(0.5)))
 *     .run(epochs(10).seed(1))
 * }</pre>
 */
public final class Distillation {
    /** On validation rows of letter and Fashion-MNIST, higher temperatures and soft weights cost small students accuracy. */
    private static final Loss DEFAULT_LOSS = new SoftTargets(2).times(0.5).plus(new HardLabels().times(0.5));
    private static final TrainingOptions DEFAULT_OPTIONS = TrainingOptions.epochs(10);

    private final Classifier teacher;
    private final Blueprint student;
    private final Split rows;
    private final Loss loss;

    private Distillation(Classifier teacher, Blueprint student, Split rows, Loss loss) {
        this.teacher = teacher;
        this.student = student;
        this.rows = rows;
        this.loss = loss;
    }

    /** The first word: who teaches. */
    public static From from(Classifier teacher) {
        return new From(teacher);
    }

    /** A teacher that waits for a student. */
    public record From(Classifier teacher) {
        /** Who learns. */
        public Into into(Blueprint student) {
            return new Into(teacher, student);
        }
    }

    /** A teacher and a student that wait for rows to meet on. */
    public record Into(Classifier teacher, Blueprint student) {
        /**
         * The transfer set: the rows that the teacher labels and the student learns from.
         *
         * @throws IllegalArgumentException when the split is empty, or does not suit the teacher or the student
         */
        public Distillation on(Split rows) {
            student.check(rows);
            Scores.check(teacher, rows);
            return new Distillation(teacher, student, rows, DEFAULT_LOSS);
        }
    }

    /**
     * What the student minimises; {@code softTargets(2).times(0.5).plus(hardLabels().times(0.5))} unless said.
     *
     * @throws IllegalArgumentException when the weights sum to 0, or the teacher cannot say what the loss needs
     */
    public Distillation loss(Loss loss) {
        if (loss.weight() == 0) {
            throw new IllegalArgumentException("the weights of " + loss + " sum to 0, so nothing would be learned;"
                    + " give at least one term a weight above 0");
        }
        check(loss.needs());
        return new Distillation(teacher, student, rows, loss);
    }

    private void check(Needs needs) {
        if (needs.teacher() != null && !teacher.says().atLeast(needs.teacher())) {
            throw new IllegalArgumentException("the loss needs " + needs.teacher().name().toLowerCase(Locale.ROOT) + ", but "
                    + teacher.name() + " says " + teacher.says().name().toLowerCase(Locale.ROOT) + " only");
        }
        for (String layer : needs.teacherLayers()) {
            if (!teacher.layers().contains(layer)) {
                throw new IllegalArgumentException("no layer '" + layer + "' in the teacher " + teacher.name() + "; it has "
                        + (teacher.layers().isEmpty() ? "none that can be asked for" : String.join(", ", teacher.layers())));
            }
        }
    }

    /** Runs 10 epochs with seed 0. */
    public Run run() {
        return run(DEFAULT_OPTIONS);
    }

    /**
     * Lets the teacher label the rows (once: its answers are kept for later runs), then trains the student on them. An
     * interrupted thread ends it early: the run holds the student so far, and the thread stays interrupted.
     *
     * @throws java.util.concurrent.CancellationException when it is interrupted before there is a student; the teacher's
     *     answers so far are kept
     */
    public Run run(TrainingOptions options) {
        Monitor monitor = Monitor.create();
        String title = teacher.name() + " → " + student + " on " + rows.name();
        Targets targets = new TargetCache(teacher, title, options.deviceOrBest(), monitor).targets(rows);
        Fitted fitted = student.train(new Lesson(title, rows, targets, loss, options, monitor));
        return new Run(title, teacher, fitted.classifier(), fitted.history(), loss, options, fitted.interrupted());
    }
}
