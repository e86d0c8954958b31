package dev.retort.train;

/**
 * What came out of a training.
 *
 * @param weights     what was learned, as it is saved
 * @param history     the completed epochs
 * @param kept        the epoch whose weights these are
 * @param steps       batches trained on
 * @param interrupted whether it was stopped before the end
 * @param failure     what made the loss no number, so that it ended with the last good weights; null when all went well
 * @param seconds     from the beginning to the end
 * @param device      where it ran
 * @param trainer     what a library says that trained it in its own way; empty where the loop did
 */
public record Trained(
        byte[] weights, History history, int kept, long steps, boolean interrupted, String failure, double seconds,
        String device, String trainer) {
    /** The same training, as one of several nets has it that were trained together. */
    public Trained with(byte[] weights) {
        return new Trained(weights, history, kept, steps, interrupted, failure, seconds, device, trainer);
    }

    /** Completed epochs. */
    public int epochs() {
        return history.epochs().size();
    }
}
