package dev.retort.kernel.cli;

import dev.retort.kernel.CellFailure;
import dev.retort.kernel.Outputs;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** The text of what a cell shows, of which a terminal has room for the end only. */
final class Transcript implements Outputs {
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_CHARS = 1 << 14;

    private final List<Entry> entries = new ArrayList<>();
    private boolean clearBeforeNext;

    @Override
    public synchronized void stream(String name, String text) {
        clearIfAsked();
        Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
        if (last == null || !last.isStream) {
            last = add(new Entry(true, null));
        }
        last.append(text);
    }

    @Override
    public synchronized void display(DisplayData data) {
        clearIfAsked();
        add(new Entry(false, data.hasDisplayId() ? data.getDisplayId() : null)).append(text(data));
    }

    @Override
    public synchronized void update(DisplayData data) {
        for (Entry entry : entries) {
            if (data.getDisplayId().equals(entry.displayId)) {
                entry.text.setLength(0);
                entry.append(text(data));
            }
        }
    }

    @Override
    public void result(int executionCount, DisplayData data) {
        display(data);
    }

    @Override
    public void error(CellFailure failure) {
        // The progress shows it in full when the cell has ended.
    }

    @Override
    public synchronized void clear(boolean wait) {
        clearBeforeNext = wait;
        if (!wait) {
            entries.clear();
        }
    }

    /** The last lines, without colours, folded to a width; the first of them is an ellipsis where there were more. */
    synchronized List<String> tail(int limit, int width) {
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            for (String line : Terminal.plain(entry.text.toString()).split("\n")) {
                fold(overwritten(line.stripTrailing()), width, lines);
            }
        }
        int surplus = lines.size() - limit;
        if (surplus > 0) {
            lines.subList(0, surplus + 1).clear();
            lines.add(0, "⋮");
        }
        return lines;
    }

    private static void fold(String line, int width, List<String> folded) {
        String rest = line;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            folded.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        folded.add(rest);
    }

    private Entry add(Entry entry) {
        if (entries.size() == MAX_ENTRIES) {
            entries.remove(0);
        }
        entries.add(entry);
        return entry;
    }

    private void clearIfAsked() {
        if (clearBeforeNext) {
            entries.clear();
            clearBeforeNext = false;
        }
    }

    private static String text(DisplayData data) {
        Object text = data.getData(MIMEType.TEXT_PLAIN);
        return text == null ? "" : text.toString();
    }

    /** What a terminal would show of a line that returns to its start to be written again. */
    private static String overwritten(String line) {
        return line.substring(line.lastIndexOf('\r') + 1).replace("\t", "    ");
    }

    private static final class Entry {
        private final boolean isStream;
        private final String displayId;
        private final StringBuilder text = new StringBuilder();

        private Entry(boolean isStream, String displayId) {
            this.isStream = isStream;
            this.displayId = displayId;
        }

        private void append(String more) {
            text.append(more);
            if (text.length() > 2 * MAX_CHARS) {
                text.delete(0, text.length() - MAX_CHARS);
            }
        }
    }
}
