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
}
