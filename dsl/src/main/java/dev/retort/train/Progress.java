package dev.retort.train;

/**
 * How far a run is. A figure that is not known yet, or never will be, is NaN.
 *
 * @param title              what is being trained, on what
 * @param stage              such as {@code epoch 3 of 10}
 * @param state              whether it goes on
 * @param fraction           done, from 0 to 1
 * @param loss               mean over the rows of the current epoch so far
 * @param validationAccuracy after the last epoch, from 0 to 1
 * @param agreement          with the teacher on the validation rows, from 0 to 1
 * @param rowsPerSecond      in the current epoch
 * @param seconds            since the beginning
 * @param device             where it runs
 */
public record Progress(
        String title,
        String stage,
        State state,
        double fraction,
        double loss,
        double validationAccuracy,
        double agreement,
        double rowsPerSecond,
        double seconds,
        String device) {

    /** Whether the run goes on. */
    public enum State { RUNNING, DONE, INTERRUPTED, FAILED }

    /** Seconds to the end at the pace so far; NaN at the very beginning. */
    public double secondsLeft() {
        return fraction > 0 ? seconds / fraction - seconds : Double.NaN;
    }
}
