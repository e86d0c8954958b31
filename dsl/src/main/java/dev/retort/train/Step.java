package dev.retort.train;

import ai.djl.Device;

/**
 * How batches move the weights of a net. It owns the net, the rows on the device and all native memory of the training.
 * The loss stays on the device until somebody asks for it.
 */
interface Step extends AutoCloseable {
    Device device();

    /** How many rows to give at once: whole batches, and so few that an interrupt need not wait. */
    int rowsAtOnce();

    /** Forgets the loss so far. */
    void beginEpoch();

    /**
     * Trains on {@code order[from]} to {@code order[to - 1]}, batch after batch.
     *
     * @param order    places of rows in the training set
     * @param progress how much of the run is done, from 0 to 1
     */
    void train(int[] order, int from, int to, double progress);

    /** The loss of this epoch so far, summed over its rows. */
    double totalLoss();

    /** The class that the net predicts now for each validation row; empty without a validation split. */
    int[] predictValidation();

    /** The parameters, as DJL writes them. */
    byte[] weights();

    @Override
    void close();
}
