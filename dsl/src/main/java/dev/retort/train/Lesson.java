package dev.retort.train;

import dev.retort.data.Split;
import dev.retort.loss.Loss;

/**
 * All that a student needs to learn.
 *
 * @param title   what a monitor shows
 * @param rows    the training rows; their {@link Split#validation} is measured after each epoch
 * @param targets what a teacher said of them; null without a teacher
 * @param loss    what to minimise; needs no teacher when there are no targets
 * @param options how long and how
 * @param monitor told how far it is
 */
public record Lesson(String title, Split rows, Targets targets, Loss loss, TrainingOptions options, Monitor monitor) {
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
