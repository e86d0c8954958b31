package dev.retort.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Writes down what a cell shows, one line an output; the text of a stream is gathered. */
final class Recorder implements Outputs {
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private CellFailure failure;

    List<String> shown() {
        return shown;
    }

    CellFailure failure() {
        return failure;
    }

    /** The report of the failure without its colours. */
    String report() {
        return String.join("\n", failure.traceback()).replaceAll("\u001b\\[\\d+m", "");
    }

    @Override
    public synchronized void stream(String name, String text) {
        int last = shown.size() - 1;
        if (last >= 0 && shown.get(last).startsWith(name + ": ")) {
            shown.set(last, shown.get(last) + text);
        } else {
            shown.add(name + ": " + text);
        }
    }

    @Override
    public void display(DisplayData data) {
        shown.add("display: " + MimeBundle.of(data).data());
    }

    @Override
    public void update(DisplayData data) {
        shown.add("update: " + MimeBundle.of(data).data());
    }

    @Override
    public void result(int executionCount, DisplayData data) {
        shown.add("result: " + MimeBundle.of(data).text());
    }

    @Override
    public void error(CellFailure failure) {
        this.failure = failure;
        shown.add("error: " + failure.name() + ": " + failure.message());
    }

    @Override
    public void clear(boolean wait) {
        shown.add("clear: " + wait);
    }
}
