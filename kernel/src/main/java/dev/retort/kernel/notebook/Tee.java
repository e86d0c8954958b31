package dev.retort.kernel.notebook;

import dev.retort.kernel.CellFailure;
import dev.retort.kernel.Outputs;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Gives every output to two takers. */
record Tee(Outputs first, Outputs second) implements Outputs {
    @Override
    public void stream(String name, String text) {
        first.stream(name, text);
        second.stream(name, text);
    }

    @Override
    public void display(DisplayData data) {
        first.display(data);
        second.display(data);
    }

    @Override
    public void update(DisplayData data) {
        first.update(data);
        second.update(data);
    }

    @Override
    public void result(int executionCount, DisplayData data) {
        first.result(executionCount, data);
        second.result(executionCount, data);
    }

    @Override
    public void error(CellFailure failure) {
        first.error(failure);
        second.error(failure);
    }

    @Override
    public void clear(boolean wait) {
        first.clear(wait);
        second.clear(wait);
    }
}
