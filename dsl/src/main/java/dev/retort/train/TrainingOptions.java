package dev.retort.train;

import static dev.retort.loss.Numbers.require;

import ai.djl.Device;
import dev.retort.device.Devices;
import dev.retort.loss.Numbers;
import dev.retort.loss.Schedule;
import java.nio.file.Path;

/**
 * How long and how to train. Made by {@code epochs(10)}; the rest has defaults and withers:
 * {@code epochs(10).seed(1).batch(64).optimizer(sgd(0.1).momentum(0.9)).rate(cosine(1, 0)).clip(1)}.
 *
 * @param epochs    passes over the training rows, at least 1
 * @param seed      decides the initial weights, the order of the rows and dropout; 0 unless set
 * @param batch     rows a step, at least 1; 128 unless set
 * @param optimizer how gradients move the weights; {@code adam(0.001)} unless set
 * @param rate      a factor of the optimiser's learning rate over the run; 1 unless set
 * @param clip      the norm of all gradients together that a step may have; infinite unless set
 * @param patience  how many epochs may pass without a better accuracy on the validation rows; the student is then the one
 *                  of the best epoch. 0, unless set, for all epochs and the student of the last
 * @param isMixedPrecision whether dense and convolutional layers calculate in bfloat16; false unless set
 * @param checkpoint a file to go on from, written after each epoch and on interruption; null for none
 * @param device    where to train; null for the best one found
 */
public record TrainingOptions(
        int epochs, long seed, int batch, Optimizer optimizer, Schedule rate, double clip, int patience, boolean isMixedPrecision,
        Path checkpoint, Device device) {
    private static final Schedule STEADY = Schedule.constant(1);

    /** @throws IllegalArgumentException when a number is out of range */
    public TrainingOptions {
        require(epochs >= 1, "epochs(" + epochs + "): at least one epoch is needed");
        require(batch >= 1, "batch(" + batch + "): at least one row a batch is needed");
        require(patience >= 0, "patience(" + patience + "): a number of epochs from 1 on is needed, or 0 for none");
        require(clip > 0, "clip(" + clip + "): a positive norm is needed; 1 is usual");
    }

    /** This many epochs, seed 0, batches of 128, {@code adam(0.001)} at a steady rate, no clipping, on the best device. */
    public static TrainingOptions epochs(int epochs) {
        return new TrainingOptions(epochs, 0, 128, Adam.adam(0.001), STEADY, Double.POSITIVE_INFINITY, 0, false, null, null);
    }

    /** The same with another number of epochs. */
    public TrainingOptions lasting(int epochs) {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, clip, patience, isMixedPrecision, checkpoint, device);
    }

    public TrainingOptions seed(long seed) {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, clip, patience, isMixedPrecision, checkpoint, device);
    }

    public TrainingOptions batch(int rows) {
        return new TrainingOptions(epochs, seed, rows, optimizer, rate, clip, patience, isMixedPrecision, checkpoint, device);
    }

    public TrainingOptions optimizer(Optimizer optimizer) {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, clip, patience, isMixedPrecision, checkpoint, device);
    }

    /** The optimiser's own learning rate: short for {@code optimizer(optimizer().rate(rate))}. */
    public TrainingOptions learningRate(double rate) {
        Checks.rate("learningRate", rate);
        return optimizer(optimizer.rate(rate));
    }

    /** The optimiser's weight decay: short for {@code optimizer(optimizer().decay(decay))}. */
    public TrainingOptions decay(double decay) {
        return optimizer(optimizer.decay(decay));
    }

    public TrainingOptions rate(Schedule rate) {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, clip, patience, isMixedPrecision, checkpoint, device);
    }

    public TrainingOptions clip(double norm) {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, norm, patience, isMixedPrecision, checkpoint, device);
    }

    /**
     * Stops when this many epochs in a row did no better on the validation rows than the best one before, and keeps that one:
     * accuracy decides, and the first of equals.
     */
    public TrainingOptions patience(int epochs) {
        return new TrainingOptions(this.epochs, seed, batch, optimizer, rate, clip, epochs, isMixedPrecision, checkpoint, device);
    }

    /** Trains all epochs, and keeps the one that did best on the validation rows: endless {@link #patience}. */
    public TrainingOptions best() {
        return patience(epochs);
    }

    /**
     * Lets dense and convolutional layers calculate in bfloat16, many times as fast on a GPU that has it; the weights, the loss
     * and the optimiser stay in FLOAT32. Refused on a processor, which is slower so, and for nets that cannot be compiled.
     */
    public TrainingOptions mixedPrecision() {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, clip, patience, true, checkpoint, device);
    }

    /**
     * Writes a checkpoint after each epoch and on interruption, into one file that is replaced whole. Where the file is there
     * already, the run goes on from it, and ends with bitwise the student that it would have had without a break. Models that
     * have no epochs write none; a sweep refuses it.
     */
    public TrainingOptions checkpoint(Path file) {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, clip, patience, isMixedPrecision, file, device);
    }

    /** {@link #checkpoint(Path)} with the path as text. */
    public TrainingOptions checkpoint(String file) {
        return checkpoint(Path.of(file));
    }

    public TrainingOptions device(Device device) {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, clip, patience, isMixedPrecision, checkpoint, device);
    }

    /**
     * Trains on the device of this name.
     *
     * @throws IllegalArgumentException when there is none; see {@link Devices#named}
     */
    public TrainingOptions device(String name) {
        return device(Devices.named(name));
    }

    /** The device that was asked for, otherwise the best one found. */
    public Device deviceOrBest() {
        return device == null ? Devices.best() : device;
    }

    /** As written in the language: all that decides what is learned, and not where, or what is kept on the way. */
    @Override
    public String toString() {
        return "epochs(" + epochs + ").seed(" + seed + ").batch(" + batch + ").optimizer(" + optimizer + ")"
                + (rate.equals(STEADY) ? "" : ".rate(" + rate + ")")
                + (Double.isInfinite(clip) ? "" : ".clip(" + Numbers.plain(clip) + ")")
                + (patience == 0 ? "" : ".patience(" + patience + ")")
                + (isMixedPrecision ? ".mixedPrecision()" : "");
    }
}
