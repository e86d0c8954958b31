package dev.retort.train;

import java.util.Locale;

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

    /** One line for a terminal, a log or a notebook without HTML. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(title).append(": ").append(stage);
        if (state == State.RUNNING) {
            line.append(String.format(Locale.ROOT, " (%.0f %%)", 100 * fraction));
        } else if (state != State.DONE) {
            line.append(", ").append(state.name().toLowerCase(Locale.ROOT));
        }
        append(line, "loss %.4f", loss);
        append(line, "validation accuracy %.1f %%", 100 * validationAccuracy);
        append(line, "agreement %.1f %%", 100 * agreement);
        append(line, "%,.0f rows/s", rowsPerSecond);
        if (state == State.RUNNING) {
            append(line, "%.0f s left", secondsLeft());
        } else {
            append(line, "%.1f s", seconds);
        }
        return line.append(", ").append(device).toString();
    }

    private static void append(StringBuilder line, String format, double figure) {
        if (Double.isFinite(figure)) {
            line.append(", ").append(String.format(Locale.ROOT, format, figure));
        }
    }
}
