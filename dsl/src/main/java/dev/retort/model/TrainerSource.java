package dev.retort.model;

import dev.retort.train.TrainingOptions;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;

/** Makes a fresh Tribuo trainer each time; may throw anything. */
@FunctionalInterface
public interface TrainerSource {
    /**
     * A new trainer, with the seed of these options, and whatever else of them means something to it.
     *
     * @throws Exception passed on as the cause of an error that names the blueprint
     */
    Trainer<Label> get(TrainingOptions options) throws Exception;
}
