package dev.retort.loss;

/**
 * Where a run is.
 *
 * @param progress how much of it is done, from 0 to 1
 * @param epochs   how many it has in all
 */
public record Moment(double progress, int epochs) {
    /** The beginning of a run of one epoch: where a loss is looked at by itself. */
    static final Moment START = new Moment(0, 1);

    /** The end of that run. */
    static final Moment END = new Moment(1, 1);

    /** How many epochs are complete. */
    int epoch() {
        return (int) (progress * epochs + 1e-9);
    }
}
