package dev.retort.train;

import ai.djl.ndarray.NDList;

/** How batches move the weights of a {@link Learner}. The loss stays on the device until somebody asks for it. */
interface Step {
    /** How many rows to give at once: whole batches, and so few that an interrupt need not wait. */
    int rowsAtOnce();

    /** Lets {@link #totalLoss} go on from here; 0 at the beginning of an epoch. */
    void beginEpoch(double totalLoss);

    /**
     * Trains on {@code order[from]} to {@code order[to - 1]}, batch after batch.
     *
     * @param order places of rows in the training set
     * @param done  the steps of the run before these
     */
    void train(int[] order, int from, int to, long done);

    /** What the next step depends on besides the learner's arrays: the optimiser's moments. To be changed in place. */
    NDList memory();

    /** The loss of this epoch so far, summed over its rows. */
    double totalLoss();
}
