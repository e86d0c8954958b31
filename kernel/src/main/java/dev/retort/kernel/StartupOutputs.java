package dev.retort.kernel;

import java.io.PrintStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Where outputs go before the first cell: text to the terminal, the rest nowhere, since nobody could see it. */
record StartupOutputs(PrintStream terminal) implements Outputs {
    @Override
    public void stream(String name, String text) {
        terminal.print(text);
    }

    @Override
    public void display(DisplayData data) {
        // No cell, no place for it.
    }

    @Override
    public void update(DisplayData data) {
        // No cell, no place for it.
    }

    @Override
    public void result(int executionCount, DisplayData data) {
        // No cell, no result.
    }

    @Override
    public void error(CellFailure failure) {
        failure.traceback().forEach(terminal::println);
    }

    @Override
    public void clear(boolean wait) {
        // Nothing is shown that could be removed.
    }
}
