package dev.retort.distill;

import dev.retort.loss.Loss;
import dev.retort.model.Classifier;
import dev.retort.train.History;
import dev.retort.train.TrainingOptions;
import tech.tablesaw.api.Table;

/** A finished distillation. */
public final class Run {
    private final String title;
    private final Classifier teacher;
    private final Classifier student;
    private final History history;
    private final Loss loss;
    private final TrainingOptions options;
    private final boolean interrupted;

    Run(String title, Classifier teacher, Classifier student, History history, Loss loss, TrainingOptions options, boolean interrupted) {
        this.title = title;
        this.teacher = teacher;
        this.student = student;
        this.history = history;
        this.loss = loss;
        this.options = options;
        this.interrupted = interrupted;
    }

    /** Who taught. */
    public Classifier teacher() {
        return teacher;
    }

    /** Who learned: frozen now. */
    public Classifier student() {
        return student;
    }

    /** One row an epoch: loss, validation accuracy, agreement with the teacher, rows a second, seconds. */
    public Table history() {
        return history.table();
    }

    /** What the student minimised. */
    public Loss loss() {
        return loss;
    }

    /** Whether it was stopped before its end; {@link #student} is then the student so far. */
    public boolean interrupted() {
        return interrupted;
    }

    /** Teacher, student and rows in one line. */
    public String title() {
        return title;
    }

    @Override
    public String toString() {
        int epochs = history.epochs().size();
        String end = interrupted ? "interrupted after " + epochs + " of " + options.epochs() + " epochs" : epochs + " epochs";
        return title + ": " + end + ", " + loss;
    }
}
