package dev.retort.distill;

import dev.retort.data.Split;
import dev.retort.loss.Loss;
import dev.retort.model.Classifier;
import dev.retort.model.Fitted;
import dev.retort.train.Monitor;
import java.util.List;
import java.util.function.Supplier;
import tech.tablesaw.api.Table;

/** A finished distillation. */
public final class Run {
    private final Recipe recipe;
    private final Fitted fitted;
    private final Twins twins;
    private final List<Run> before;

    Run(Recipe recipe, Fitted fitted, Twins twins) {
        this(recipe, fitted, twins, List.of());
    }

    private Run(Recipe recipe, Fitted fitted, Twins twins, List<Run> before) {
        this.recipe = recipe;
        this.fitted = fitted;
        this.twins = twins;
        this.before = List.copyOf(before);
    }

    /** This run as the last of several. */
    Run after(List<Run> before) {
        return new Run(recipe, fitted, twins, before);
    }

    /** Who taught; the last assistant, where there were some. */
    public Classifier teacher() {
        return recipe.teacher();
    }

    /** Who learned: frozen now. */
    public Classifier student() {
        return fitted.classifier();
    }

    /** The runs that led here, the first one first: those of the assistants, or of the generations before. */
    public List<Run> before() {
        return before;
    }

    /** One row an epoch; none for a student that was kept by an earlier sweep. Loss, validation accuracy, agreement with the teacher, rows a second, seconds. */
    public Table history() {
        return fitted.history().table();
    }

    /** What the student minimised. */
    public Loss loss() {
        return recipe.loss();
    }

    /** Whether it was stopped before its end; {@link #student} is then the student so far. */
    public boolean interrupted() {
        return fitted.interrupted();
    }

    /** Teacher, student and rows in one line. */
    public String title() {
        return recipe.title();
    }

    /**
     * The same student, trained with the same seed and as many steps on the labels alone: what it would be without the teacher. It
     * is trained at the first call.
     *
     * @throws IllegalStateException when the run was interrupted, so that there is no budget to share
     * @throws java.util.concurrent.CancellationException when it is interrupted itself; the thread stays interrupted
     */
    public Classifier twin() {
        return twin(Monitor::create);
    }

    Classifier twin(Supplier<Monitor> monitor) {
        if (interrupted()) {
            throw new IllegalStateException(this + ": its twin would get a larger budget; run it to its end to compare");
        }
        return twins.of(recipe, monitor);
    }

    /**
     * What the teacher was good for: student and {@link #twin} on the same rows, by McNemar's exact test. It speaks of these
     * two; how other seeds would do is a {@linkplain Sweep#gains sweep's} affair.
     *
     * @param rows rows that neither has seen
     * @throws IllegalArgumentException when the split is empty or does not suit the student
     */
    public Gain gain(Split rows) {
        return Gain.onRows(title(), student().predict(rows), twin().predict(rows), rows.labels());
    }

    Recipe recipe() {
        return recipe;
    }

    @Override
    public String toString() {
        int epochs = fitted.history().epochs().size();
        String end = interrupted() ? "interrupted after " + epochs + " of " + recipe.options().epochs() + " epochs" : epochs + " epochs";
        return title() + ": " + end + ", " + loss();
    }
}
