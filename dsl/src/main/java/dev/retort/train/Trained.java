package dev.retort.train;

/**
 * What came out of the loop.
 *
 * @param weights     the block's parameters, as DJL writes them
 * @param history     the completed epochs
 * @param steps       batches trained on
 * @param interrupted whether it was stopped before the end
 * @param device      where it ran
 */
public record Trained(byte[] weights, History history, long steps, boolean interrupted, String device) {
    /** Completed epochs. */
    public int epochs() {
        return history.epochs().size();
    }
}
