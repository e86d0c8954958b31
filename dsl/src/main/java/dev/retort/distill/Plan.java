package dev.retort.distill;

import static dev.retort.loss.Numbers.require;

import dev.retort.data.Split;
import dev.retort.device.Devices;
import dev.retort.loss.Loss;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.train.Monitor;
import dev.retort.train.TrainingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Many distillations by one teacher on the same rows: each student with each loss and each seed. Immutable.
 *
 * <pre>{@code
 * distill(teacher).into(mlp(16), mlp(64)).on(letter.train())
 *     .temperatures(1, 2, 4).softWeights(0.5, 0.9).seeds(1, 2, 3)
 *     .run(epochs(10))
 * }</pre>
 */
public final class Plan {
    private final Classifier teacher;
    private final List<Blueprint> students;
    private final Split rows;
    private final Softness softness;
    private final List<Loss> losses;
    private final List<Long> seeds;
    private final Path folder;

    /** All combinations of these temperatures and weights. */
    private record Softness(double[] temperatures, double[] weights) {
        static final Softness DEFAULT = new Softness(new double[] {2}, new double[] {0.5});

        Loss[] losses() {
            return DoubleStream.of(temperatures).boxed()
                    .flatMap(t -> DoubleStream.of(weights).mapToObj(weight -> Recipe.softAndHard(t, weight)))
                    .toArray(Loss[]::new);
        }
    }

    private Plan(
            Classifier teacher, List<Blueprint> students, Split rows, Softness softness, List<Loss> losses, List<Long> seeds,
            Path folder) {
        this.teacher = teacher;
        this.students = students;
        this.rows = rows;
        this.softness = softness;
        this.losses = losses;
        this.seeds = seeds;
        this.folder = folder;
    }

    static Plan of(Classifier teacher, List<Blueprint> students, Split rows, Loss loss) {
        return new Plan(teacher, students, rows, Softness.DEFAULT, List.of(loss), List.of(), null);
    }

    /** The one loss of all students; as {@link #losses}. */
    public Plan loss(Loss loss) {
        return losses(loss);
    }

    /**
     * Tries each of these losses; {@code hardLabels()} among them is the student without its teacher.
     *
     * @throws IllegalArgumentException when there is none, or the teacher cannot say what one needs
     */
    public Plan losses(Loss... losses) {
        return withLosses(softness, losses);
    }

    /** Tries soft targets of each of these temperatures, and of each of the {@link #softWeights}. */
    public Plan temperatures(double... temperatures) {
        Softness other = new Softness(temperatures.clone(), softness.weights());
        return withLosses(other, other.losses());
    }

    /** Tries soft targets with each of these weights, from 0 to 1 (the true labels get the rest), and of each of the {@link #temperatures}. */
    public Plan softWeights(double... weights) {
        Softness other = new Softness(softness.temperatures(), weights.clone());
        return withLosses(other, other.losses());
    }

    private Plan withLosses(Softness softness, Loss... losses) {
        require(losses.length > 0, "a sweep needs at least one loss");
        for (Loss loss : losses) {
            Recipe.check(loss, teacher);
            students.forEach(student -> Recipe.between(teacher.layers(), student, rows, loss));
        }
        return new Plan(teacher, students, rows, softness, List.of(losses), seeds, folder);
    }

    /**
     * Trains each student with each of these seeds.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Plan seeds(long... seeds) {
        require(seeds.length > 0, "seeds(): at least one is needed");
        return new Plan(teacher, students, rows, softness, losses, LongStream.of(seeds).distinct().boxed().toList(), folder);
    }

    /**
     * Keeps each finished student in this folder, as a file that {@code load} reads, and takes those that are there already
     * instead of training them again: an interrupted sweep goes on where it stopped. A student is found again only when all
     * that decides it is the same: teacher, rows, blueprint, loss, training options and seed.
     */
    public Plan keepIn(String folder) {
        return keepIn(Path.of(folder));
    }

    /** {@link #keepIn(String)} with a path. */
    public Plan keepIn(Path folder) {
        return new Plan(teacher, students, rows, softness, losses, seeds, folder);
    }

    /** Runs 10 epochs each with seed 0, unless {@link #seeds} said others. */
    public Sweep run() {
        return run(Distillation.DEFAULT_OPTIONS);
    }

    /**
     * Runs all of them: the teacher labels the rows once, nets are trained one after the other, or one on each GPU, and other models beside them
     * on the remaining cores. What fails is noted, and does not stop the rest. An interrupted thread ends it early: the sweep
     * holds what was finished, and the thread stays interrupted.
     *
     * @throws IllegalArgumentException when the options name a checkpoint, which is one run's alone: {@link #keepIn} is for sweeps
     * @throws java.util.concurrent.CancellationException when it is interrupted while the teacher labels the rows
     */
    public Sweep run(TrainingOptions options) {
        require(options.checkpoint() == null, "the runs of a sweep cannot share the checkpoint " + options.checkpoint()
                + "; leave it out, and let keepIn(folder) keep the finished students");
        return new Sweeping(rows, recipes(options), folder, Monitor.create(), Devices.all()).run();
    }

    private List<Recipe> recipes(TrainingOptions options) {
        List<Recipe> recipes = new ArrayList<>();
        for (Blueprint student : students) {
            for (Loss loss : losses) {
                for (long seed : seeds.isEmpty() ? List.of(options.seed()) : seeds) {
                    recipes.add(new Recipe(teacher, student, rows, loss, options.seed(seed)));
                }
            }
        }
        return recipes;
    }
}
