package dev.retort.train;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * How gradients move the weights. A value like the rest of {@link TrainingOptions}: what it remembers from step to step
 * belongs to the run. {@code toString()} is how it is written in the language.
 */
public interface Optimizer {
    /** The learning rate, before any schedule. */
    double rate();

    /** The same with another learning rate, above 0. */
    Optimizer rate(double rate);

    /** The same with a weight decay, 0 or more. */
    Optimizer decay(double decay);

    /** How many numbers it remembers of each weight; 0 at first. */
    int moments();

    /**
     * What to subtract from the weights. All vectors have one number a weight; moments are changed in place.
     *
     * @param step how many steps this makes, from 1
     * @param rate the learning rate of this step
     */
    NDArray change(NDArray weights, NDArray gradient, List<NDArray> moments, long step, double rate);
}
