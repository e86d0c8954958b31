package dev.retort.train;

import ai.djl.Device;
import dev.retort.device.Devices;
import dev.retort.train.History.Epoch;
import dev.retort.train.Progress.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Keeps the history of one training and tells its monitor, often enough to be live and seldom enough to cost nothing. */
final class Diary {
    private static final long BETWEEN_NOTES_NANOS = 200_000_000;

    private final String title;
    private final int epochs;
    private final Device device;
    private final Monitor monitor;
    private final List<Epoch> completed = new ArrayList<>();

    private final long began = System.nanoTime();
    private long epochBegan = began;
    private long lastNote = began;
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

    void beginEpoch() {
        epochBegan = System.nanoTime();
        fractionOfEpoch = 0;
    }

    /** Whether it is time for another note. */
    boolean isDue() {
        return System.nanoTime() - lastNote > BETWEEN_NOTES_NANOS;
    }

    /** In the middle of an epoch. */
    void note(int rows, int ofRows, double meanLoss) {
        fractionOfEpoch = (double) rows / ofRows;
        loss = meanLoss;
        speed = rows / secondsSince(epochBegan);
        show(stage(), State.RUNNING);
    }

    /** All rows of an epoch are done; the validation that follows does not count for its speed. */
    void endEpoch(int rows, double meanLoss, Supplier<Validation.Shares> validation) {
        loss = meanLoss;
        speed = rows / secondsSince(epochBegan);
        Validation.Shares shares = validation.get();
        completed.add(new Epoch(completed.size() + 1, meanLoss, shares.accuracy(), shares.agreement(), speed, secondsSince(began)));
        fractionOfEpoch = 0;
        show("epoch " + completed.size() + " of " + epochs, State.RUNNING);
    }

    /** The training is over. */
    void close(State state) {
        show(stage(), state);
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
