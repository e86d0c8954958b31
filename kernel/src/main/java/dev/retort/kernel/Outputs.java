package dev.retort.kernel;

import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * Where the outputs of a running cell go: to a front end over the wire, or into a notebook file.
 * May be called from any thread, since background threads of a cell print too.
 */
public interface Outputs {
    /** Text printed to {@code stdout} or {@code stderr}. */
    void stream(String name, String text);

    /** {@code display(x)}: a rich output beside the cell's result. */
    void display(DisplayData data);

    /** {@code updateDisplay(id, x)}: replaces what the display of the same id shows, wherever it is. */
    void update(DisplayData data);

    /** The value of the cell's last expression. */
    void result(int executionCount, DisplayData data);

    /** The cell failed. */
    void error(CellFailure failure);

    /** Removes the cell's outputs so far, at once or when the next one comes. */
    void clear(boolean wait);

    /** Something to read, shown beside the notebook where the front end can do that. */
    default void page(DisplayData data) {
        display(data);
    }

    /** A cell talks to its counterpart in a front end; nobody hears it where there is none. */
    default void comm(CommMessage message) {
    }

    /** Waits while whoever shows the outputs is far behind; does nothing where nobody can be. */
    default void awaitRoom() throws InterruptedException {
    }
}
