package dev.retort.distill;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import dev.retort.cache.TargetCache;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.loss.HardLabels;
import dev.retort.loss.Layout;
import dev.retort.loss.Loss;
import dev.retort.loss.SoftTargets;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.model.Fitted;
import dev.retort.train.Lesson;
import dev.retort.train.Monitor;
import dev.retort.train.Targets;
import dev.retort.train.TrainingOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One teacher, one student: all that decides what comes of a run. */
record Recipe(Classifier teacher, Blueprint student, Split rows, Loss loss, TrainingOptions options) {
    Recipe {
        loss = between(teacher.layers(), student, rows, rows.isLabelled() ? loss : loss.whereLabelled());
    }

    /** Soft targets and true labels, weighted so that the weights sum to 1. */
    static Loss softAndHard(double temperature, double softWeight) {
        if (!(softWeight >= 0 && softWeight <= 1)) {
            throw new IllegalArgumentException("the weight of the soft targets is from 0 to 1, not " + softWeight
                    + "; the true labels get the rest");
        }
        return softWeight == 1 ? new SoftTargets(temperature)
                : softWeight == 0 ? new HardLabels()
                : new SoftTargets(temperature).times(softWeight).plus(new HardLabels().times(1 - softWeight));
    }

    /**
     * Refuses a loss that teaches nothing, or that needs what the teacher cannot say.
     *
     * @throws IllegalArgumentException says what is missing
     */
    static void check(Loss loss, Classifier teacher) {
        if (loss.weight() == 0) {
            throw new IllegalArgumentException("the weights of " + loss + " sum to 0, so nothing would be learned;"
                    + " give at least one term a weight above 0");
        }
        for (Loss term : loss.terms()) {
            Says needed = term.needs().teacher();
            if (needed != null && !teacher.says().atLeast(needed)) {
                throw new IllegalArgumentException(term + " needs " + text(needed) + ", but " + teacher.name() + " says "
                        + text(teacher.says()) + " only; " + (teacher.says() == Says.LABELS
                        ? "teacherLabels() learns from them" : "softTargets(…) learns from them"));
            }
        }
    }

    private static String text(Says says) {
        return says.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The loss with the names of the layers that it looks at filled in.
     *
     * @throws IllegalArgumentException when there is no such layer, or two cannot be matched
     */
    static Loss between(Map<String, Shape> teacherLayers, Blueprint student, Split rows, Loss loss) {
        return loss.needs().studentLayers().isEmpty() ? loss
                : loss.between(new Layout(rows.size(), student.layers(rows), teacherLayers));
    }

    String title() {
        return teacher.name() + " → " + student + " on " + rows.name();
    }

    /** Whether it needs the whole machine. */
    boolean takesTurns() {
        return student.takesTurns(rows, options);
    }

    /** The same on a device, unless it names one. */
    Recipe unlessItNamesOne(Device device) {
        return options.device() == null ? new Recipe(teacher, student, rows, loss, options.device(device)) : this;
    }

    /** Lets the teacher label the rows that it has not labelled yet. */
    Targets label(Monitor monitor) {
        return new TargetCache(teacher, title(), options.deviceOrBest(), monitor)
                .targets(rows, loss.needs().teacherLayers());
    }

    Run run(Monitor monitor, Twins twins, Consumer<Supplier<Classifier>> onlooker) {
        return new Run(this, student.train(lesson(monitor), onlooker), twins);
    }

    private Lesson lesson(Monitor monitor) {
        return new Lesson(title(), rows, label(monitor), loss, options, monitor,
                seen -> TargetCache.passing(teacher, seen, loss.needs().teacherLayers(), options.deviceOrBest()));
    }

    /** The same student without the teacher. Where only some rows have labels, it meets them as much more often: in as many steps. */
    Classifier twin(Monitor monitor) {
        Split labelled = rows.labelled();
        if (labelled.size() == 0) {
            throw new IllegalStateException("no row of " + rows.name() + " has a label, so there is no student that learned without a teacher");
        }
        String title = student + " alone on " + labelled.name();
        int epochs = Math.toIntExact(Math.round((double) options.epochs() * rows.size() / labelled.size()));
        TrainingOptions own = options.lasting(epochs).checkpoint((Path) null); // That file is the student's.
        Fitted fitted = student.train(new Lesson(title, labelled, null, new HardLabels(), own, monitor));
        if (fitted.interrupted()) {
            throw new CancellationException("the twin of " + title() + " was interrupted; ask again to train it");
        }
        return fitted.classifier();
    }
}
