package dev.retort.train;

import static dev.retort.train.Checks.require;

import ai.djl.Device;
import dev.retort.device.Devices;
import dev.retort.loss.Numbers;
import dev.retort.loss.Schedule;

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
 * @param device    where to train; null for the best one found
 */
public record TrainingOptions(
        int epochs, long seed, int batch, Optimizer optimizer, Schedule rate, double clip, Device device) {
    private static final Schedule STEADY = Schedule.constant(1);

    /** @throws IllegalArgumentException when a number is out of range */
    public TrainingOptions {
        require(epochs >= 1, "epochs(" + epochs + "): at least one epoch is needed");
        require(batch >= 1, "batch(" + batch + "): at least one row a batch is needed");
        require(clip > 0, "clip(" + clip + "): a positive norm is needed; 1 is usual");
    }

    /** This many epochs, seed 0, batches of 128, {@code adam(0.001)} at a steady rate, no clipping, on the best device. */
    public static TrainingOptions epochs(int epochs) {
        return new TrainingOptions(epochs, 0, 128, Adam.adam(0.001), STEADY, Double.POSITIVE_INFINITY, null);
    }

    public TrainingOptions seed(long seed) {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, clip, device);
    }

    public TrainingOptions batch(int rows) {
        return new TrainingOptions(epochs, seed, rows, optimizer, rate, clip, device);
    }

    public TrainingOptions optimizer(Optimizer optimizer) {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, clip, device);
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
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, clip, device);
    }

    public TrainingOptions clip(double norm) {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, norm, device);
    }

    public TrainingOptions device(Device device) {
        return new TrainingOptions(epochs, seed, batch, optimizer, rate, clip, device);
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

    /** As written in the language: all that decides what is learned, and not where. */
    @Override
    public String toString() {
        return "epochs(" + epochs + ").seed(" + seed + ").batch(" + batch + ").optimizer(" + optimizer + ")"
                + (rate.equals(STEADY) ? "" : ".rate(" + rate + ")")
                + (Double.isInfinite(clip) ? "" : ".clip(" + Numbers.plain(clip) + ")");
    }
}
