package dev.retort.model;

import dev.retort.train.History;

/**
 * A trained model and how its training went.
 *
 * @param interrupted whether training was stopped before its end
 */
public record Fitted(Classifier classifier, History history, boolean interrupted) {
}
