package dev.retort.train;

import dev.retort.data.Split;
import dev.retort.loss.Loss;
import java.util.function.Function;

/**
 * All that a student needs to learn.
 *
 * @param title   what a monitor shows
 * @param rows    the training rows; their {@link Split#validation} is measured after each epoch
 * @param targets what a teacher said of them; null without a teacher
 * @param loss    what to minimise; needs no teacher when there are no targets
 * @param options how long and how
 * @param monitor told how far it is
 * @param teacher says of other rows what {@code targets} says of these; asked where a training sees rows that are
 *                {@linkplain Split#isVaried varied}; null without a teacher
 */
public record Lesson(
        String title, Split rows, Targets targets, Loss loss, TrainingOptions options, Monitor monitor, Function<Split, Targets> teacher) {
    /** Rows that look the same in each epoch, or a student without a teacher. */
    public Lesson(String title, Split rows, Targets targets, Loss loss, TrainingOptions options, Monitor monitor) {
        this(title, rows, targets, loss, options, monitor, null);
    }

    /** The rows as they look in an epoch, to the student and to the teacher alike. */
    Lesson inEpoch(int epoch) {
        Split seen = rows.inEpoch(epoch, options.seed());
        return new Lesson(title, seen, targets == null ? null : teacher.apply(seen), loss, options, monitor);
    }

    /** The batches that so many rows make; the last one may be smaller. */
    long stepsFor(int rows) {
        return (rows + options.batch() - 1L) / options.batch();
    }

    /** How much of the run is done after this many steps, from 0 to 1. */
    double progress(long done) {
        return (double) done / (stepsFor(rows.size()) * options.epochs());
    }

    /** The learning rate of the step that follows this many. */
    double rate(long done) {
        return options.optimizer().rate() * options.rate().at(progress(done));
    }

    /**
     * A seed for the random numbers of the step that follows this many. Each step has its own, so that a run which is
     * continued from any step draws what it would have drawn.
     */
    int seedOf(long done) {
        return Long.hashCode(options.seed() * 1_000_003 + done);
    }
}
