package dev.retort.train;

import ai.djl.Device;
import dev.retort.device.Devices;

/**
 * How long and how to train. Made by {@code epochs(10)}; the rest has defaults and withers:
 * {@code epochs(10).seed(1).batch(64).learningRate(3e-4)}.
 *
 * @param epochs       passes over the training rows, at least 1
 * @param seed         decides the initial weights, the order of the rows and dropout; 0 unless set
 * @param batch        rows a step, at least 1; 128 unless set
 * @param learningRate Adam's, above 0; 0.001 unless set
 * @param device       where to train; null for the best one found
 */
public record TrainingOptions(int epochs, long seed, int batch, double learningRate, Device device) {
    /** @throws IllegalArgumentException when a number is out of range */
    public TrainingOptions {
        require(epochs >= 1, "epochs(" + epochs + "): at least one epoch is needed");
        require(batch >= 1, "batch(" + batch + "): at least one row a batch is needed");
        require(learningRate > 0 && Double.isFinite(learningRate),
                "learningRate(" + learningRate + "): a positive number is needed; 0.001 is usual");
    }

    /** This many epochs, seed 0, batches of 128, learning rate 0.001, on the best device. */
    public static TrainingOptions epochs(int epochs) {
        return new TrainingOptions(epochs, 0, 128, 0.001, null);
    }

    public TrainingOptions seed(long seed) {
        return new TrainingOptions(epochs, seed, batch, learningRate, device);
    }

    public TrainingOptions batch(int rows) {
        return new TrainingOptions(epochs, seed, rows, learningRate, device);
    }

    public TrainingOptions learningRate(double rate) {
        return new TrainingOptions(epochs, seed, batch, rate, device);
    }

    public TrainingOptions device(Device device) {
        return new TrainingOptions(epochs, seed, batch, learningRate, device);
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

    @Override
    public String toString() {
        return "epochs(" + epochs + ").seed(" + seed + ").batch(" + batch + ").learningRate(" + learningRate + ")";
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
