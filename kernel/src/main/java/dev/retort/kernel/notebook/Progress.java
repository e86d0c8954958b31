package dev.retort.kernel.notebook;

import dev.retort.kernel.CellFailure;
import dev.retort.kernel.Outputs;

/** Is told how the run of a notebook goes on. */
public interface Progress {
    /**
     * A cell starts.
     *
     * @param number counts the cells that run, from 1
     * @param total  how many cells there are to run
     * @return gets what the cell shows, beside the notebook
     */
    Outputs started(int number, int total, Cell cell);

    /**
     * The cell that started last has ended.
     *
     * @param failure why it failed, or null
     */
    void ended(CellFailure failure);
}
