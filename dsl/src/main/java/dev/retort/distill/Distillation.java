package dev.retort.distill;

import ai.djl.ndarray.types.Shape;
import dev.retort.data.Split;
import dev.retort.loss.Loss;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.model.Scores;
import dev.retort.train.Monitor;
import dev.retort.train.TrainingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    static final Loss DEFAULT_LOSS = Recipe.softAndHard(2, 0.5);
    static final TrainingOptions DEFAULT_OPTIONS = TrainingOptions.epochs(10);

    private final Classifier teacher;
    private final List<Blueprint> students;
    private final Split rows;
    private final Loss loss;

    private Distillation(Classifier teacher, List<Blueprint> students, Split rows, Loss loss) {
        this.teacher = teacher;
        this.students = students;
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
            return new Into(teacher, List.of(student));
        }

        /** Several students, each taught by itself: a {@link Plan}. */
        public Several into(Blueprint first, Blueprint second, Blueprint... more) {
            return new Several(teacher, Stream.concat(Stream.of(first, second), Stream.of(more)).toList());
        }
    }

    /**
     * A teacher and a student that wait for rows to meet on.
     *
     * @param students the last is the student; those before it are assistants, each taught by the one before
     */
    public record Into(Classifier teacher, List<Blueprint> students) {
        public Into {
            students = List.copyOf(students);
        }

        /**
         * Makes the student so far an assistant, which teaches this one (Mirzadeh et al. 2020, «Improved Knowledge
         * Distillation via Teacher Assistant»).
         */
        public Into then(Blueprint next) {
            List<Blueprint> longer = new ArrayList<>(students);
            longer.add(next);
            return new Into(teacher, longer);
        }

        /**
         * So many generations of the student, each taught by the one before (Furlanello et al. 2018, «Born Again Neural
         * Networks»). Each generation begins from weights of its own: its seed is one more than that of the one before.
         *
         * @throws IllegalArgumentException when there is not at least one
         */
        public Into generations(int number) {
            if (number < 1) {
                throw new IllegalArgumentException("generations(" + number + "): at least one is needed");
            }
            List<Blueprint> longer = new ArrayList<>(students);
            longer.addAll(Collections.nCopies(number - 1, students.get(students.size() - 1)));
            return new Into(teacher, longer);
        }

        /**
         * The transfer set: the rows that the teacher labels and the student learns from.
         *
         * @throws IllegalArgumentException when the split is empty, or does not suit the teacher or the student
         */
        public Distillation on(Split rows) {
            students.forEach(student -> student.check(rows));
            Scores.check(teacher, rows);
            return new Distillation(teacher, students, rows, DEFAULT_LOSS);
        }
    }

    /** A teacher and several students that wait for rows to meet on. */
    public record Several(Classifier teacher, List<Blueprint> students) {
        /** The transfer set, as in {@link Into#on}. */
        public Plan on(Split rows) {
            students.forEach(student -> student.check(rows));
            Scores.check(teacher, rows);
            return Plan.of(teacher, students, rows, DEFAULT_LOSS);
        }
    }

    /**
     * What the student minimises; {@code softTargets(2).times(0.5).plus(hardLabels().times(0.5))} unless said.
     *
     * @throws IllegalArgumentException when the weights sum to 0, the teacher cannot say what the loss needs, or the layers
     *     that it looks at do not exist or cannot be matched, or the student cannot learn by it
     */
    public Distillation loss(Loss loss) {
        Recipe.check(loss, teacher);
        Map<String, Shape> layers = teacher.layers();
        for (Blueprint student : students) {
            student.check(rows, loss);
            Recipe.between(layers, student, rows, loss);
            layers = student.layers(rows);
        }
        return new Distillation(teacher, students, rows, loss);
    }

    /**
     * Tries this with other losses and seeds: {@code .sweep().losses(…).seeds(1, 2, 3).run(epochs(10))}.
     *
     * @throws IllegalArgumentException when there are assistants between teacher and student
     */
    public Plan sweep() {
        if (students.size() > 1) {
            throw new IllegalArgumentException("a sweep has one teacher for all its students, but here " + students.get(0)
                    + " would teach " + students.get(1) + "; run it, and sweep with its student as the teacher");
        }
        return Plan.of(teacher, students, rows, loss);
    }

    /** Runs 10 epochs with seed 0. */
    public Run run() {
        return run(DEFAULT_OPTIONS);
    }

    /**
     * Lets the teacher label the rows (once: its answers are kept for later runs), then trains the student on them. An
     * interrupted thread ends it early: the run holds the student so far, and the thread stays interrupted.
     *
     * <p>Assistants are trained one after the other, each like the student, with these options and a seed one higher than the last.
     * With a checkpoint, theirs lie beside it, as {@code file.1}, {@code file.2}, …: the same run goes on from where it stopped.
     *
     * @throws CancellationException when it is interrupted before there is a student; the teacher's answers so far are kept
     */
    public Run run(TrainingOptions options) {
        return run(options, Monitor::create, soFar -> { });
    }

    /** {@link #start(TrainingOptions)} with 10 epochs and seed 0. */
    public Started start() {
        return start(DEFAULT_OPTIONS);
    }

    /** Does in the background what {@link #run(TrainingOptions)} does: other cells can go on, and look at the student so far. */
    public Started start(TrainingOptions options) {
        Monitor monitor = Monitor.create();
        return new Started(toString(), onlooker -> run(options, () -> monitor, onlooker));
    }

    private Run run(TrainingOptions options, Supplier<Monitor> monitors, Consumer<Supplier<Classifier>> onlooker) {
        Recipe.check(loss, teacher);
        List<Run> stages = new ArrayList<>();
        Classifier master = teacher;
        for (Blueprint student : students) {
            TrainingOptions own = ofStage(stages.size(), options);
            Run stage = new Recipe(master, student, rows, loss, own).run(monitors.get(), new Twins(), onlooker);
            stages.add(stage);
            if (stage.interrupted() && stages.size() < students.size()) {
                throw new CancellationException(stage + "; there is no " + students.get(students.size() - 1) + " yet");
            }
            master = stage.student();
        }
        Run last = stages.remove(stages.size() - 1);
        return last.after(stages);
    }

    /** Each begins from weights of its own, and keeps a checkpoint of its own: the last one in the file that was named. */
    private TrainingOptions ofStage(int stage, TrainingOptions options) {
        TrainingOptions own = options.seed(options.seed() + stage);
        Path file = options.checkpoint();
        return file == null || stage == students.size() - 1 ? own
                : own.checkpoint(file.resolveSibling(file.getFileName() + "." + (stage + 1)));
    }

    @Override
    public String toString() {
        return teacher.name() + " → " + students.stream().map(Blueprint::toString).collect(Collectors.joining(" → ")) + " on " + rows.name();
    }
}
