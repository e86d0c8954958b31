package dev.retort.train;

import ai.djl.Device;
import dev.retort.device.Devices;
import dev.retort.train.History.Epoch;
import dev.retort.train.Progress.State;
import java.util.ArrayList;
import java.util.List;

/** Keeps the history of one training and tells its monitor, often enough to be live and seldom enough to cost nothing. */
final class Diary {
    private static final long BETWEEN_NOTES_NANOS = 200_000_000;

    private final String title;
    private final int epochs;
    private final Device device;
    private final Monitor monitor;
    private final List<Epoch> completed = new ArrayList<>();

    private long began = System.nanoTime();
    private long epochBegan = began;
    private long lastNote = began;
    private int rowsBefore;
    private double fractionOfEpoch;
    private double loss = Double.NaN;
    private double speed = Double.NaN;

    Diary(String title, int epochs, Device device, Monitor monitor) {
        this.title = title;
        this.epochs = epochs;
        this.device = device;
        this.monitor = monitor;
        show("preparing the rows", State.RUNNING);
    }

    /** Goes on with a training that was broken off. */
    void goOn(List<Epoch> epochs, double seconds) {
        completed.addAll(epochs);
        began -= (long) (seconds * 1e9);
        show(stage(), State.RUNNING);
    }

    /** @param rows that were done before it was broken off */
    void beginEpoch(int rows) {
        epochBegan = System.nanoTime();
        rowsBefore = rows;
    }

    /** Whether it is time for another note. */
    boolean isDue() {
        return System.nanoTime() - lastNote > BETWEEN_NOTES_NANOS;
    }

    /** So many rows of an epoch are done; the validation that follows the last one does not count for its speed. */
    void note(int rows, int ofRows, double meanLoss) {
        fractionOfEpoch = (double) rows / ofRows;
        loss = meanLoss;
        speed = (rows - rowsBefore) / secondsSince(epochBegan);
        if (isDue()) {
            show(stage(), State.RUNNING);
        }
    }

    void endEpoch(double meanLoss, Validation.Shares shares) {
        loss = meanLoss;
        completed.add(new Epoch(completed.size() + 1, loss, shares.accuracy(), shares.agreement(), speed, secondsSince(began)));
        fractionOfEpoch = 0;
        show("epoch " + completed.size() + " of " + epochs, State.RUNNING);
    }

    /**
     * The training is over.
     *
     * @param note follows the stage
     */
    void close(State state, String note) {
        String stage = state == State.DONE ? "epoch " + completed.size() + " of " + epochs : stage();
        show(stage + note, state);
    }

    /** After this epoch, counted from 1. */
    double validationAccuracy(int epoch) {
        return completed.get(epoch - 1).validationAccuracy();
    }

    /** How many epochs are complete. */
    int epochs() {
        return completed.size();
    }

    History history() {
        return new History(completed);
    }

    /** Since the beginning. */
    double seconds() {
        return secondsSince(began);
    }

    String device() {
        return Devices.name(device);
    }

    private void show(String stage, State state) {
        lastNote = System.nanoTime();
        Epoch last = completed.isEmpty() ? null : completed.get(completed.size() - 1);
        monitor.show(new Progress(title, stage, state, (completed.size() + fractionOfEpoch) / epochs, loss,
                last == null ? Double.NaN : last.validationAccuracy(),
                last == null ? Double.NaN : last.agreement(),
                speed, secondsSince(began), device()));
    }

    private String stage() {
        return "epoch " + Math.min(completed.size() + 1, epochs) + " of " + epochs;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
