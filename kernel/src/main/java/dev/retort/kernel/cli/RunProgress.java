package dev.retort.kernel.cli;

import dev.retort.kernel.CellFailure;
import dev.retort.kernel.Outputs;
import dev.retort.kernel.notebook.Cell;
import dev.retort.kernel.notebook.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A line per cell, with the time it took and under it the end of what it shows. On a terminal both are renewed in place while
 * the cell runs; in a file or a pipe they are written once.
 */
final class RunProgress implements Progress, AutoCloseable {
    private static final int SHOWN_LINES = 16;
    private static final int REFRESH_MILLIS = 100;
    private static final int TITLE_WIDTH = 60;
    private static final int BESIDE_TITLE = 24;
    private static final String INDENT = "    ";
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private static final String ERASE_BELOW = "\u001b[J";

    private final Terminal terminal;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(RunProgress::daemon);
    private String title;
    private String state = "";
    private Transcript transcript;
    private long start;

    RunProgress(Terminal terminal) {
        this.terminal = terminal;
        if (terminal.isLive()) {
            refresher.scheduleAtFixedRate(this::refresh, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized Outputs started(int number, int total, Cell cell) {
        title = "[%d/%d] ".formatted(number, total) + fitted(cell.title());
        start = System.nanoTime();
        transcript = new Transcript();
        if (terminal.isLive()) {
            draw();
        } else {
            write(title);
        }
        return transcript;
    }

    @Override
    public synchronized void ended(CellFailure failure) {
        state = failure == null ? terminal.green("✓") : terminal.red("✗");
        if (terminal.isLive()) {
            write("\n".repeat(draw()));
        } else {
            write(String.join("\n", frame()).substring(title.length()) + "\n");
        }
        transcript = null;
        state = "";
        if (failure != null) {
            failure.traceback().forEach(line -> write(terminal.coloured(line) + "\n"));
        }
    }

    /** The running cell has been asked to stop. */
    synchronized void stopping() {
        state = "stopping; Ctrl-C again ends at once";
    }

    @Override
    public void close() {
        refresher.shutdownNow();
    }

    private synchronized void refresh() {
        if (transcript != null) {
            draw();
        }
    }

    /**
     * Draws and leaves the cursor where it began: what the terminal echoes there, such as ^C, is drawn over.
     *
     * @return how many lines there are
     */
    private int draw() {
        List<String> lines = frame();
        String back = lines.size() > 1 ? "\r\u001b[" + (lines.size() - 1) + "A" : "\r";
        write(NO_WRAP + "\r" + ERASE_BELOW + String.join("\n", lines) + back + WRAP);
        return lines.size();
    }

    private List<String> frame() {
        List<String> lines = new ArrayList<>(List.of(title + time() + " " + state));
        int width = terminal.isLive() ? Math.max(1, terminal.columns() - INDENT.length()) : Integer.MAX_VALUE;
        transcript.tail(SHOWN_LINES, width).forEach(line -> lines.add(terminal.dim(INDENT + line)));
        return lines;
    }

    private String time() {
        return "%10s".formatted(readable(Duration.ofNanos(System.nanoTime() - start)));
    }

    private String fitted(String text) {
        int width = terminal.isLive() ? Math.max(10, Math.min(TITLE_WIDTH, terminal.columns() - BESIDE_TITLE)) : TITLE_WIDTH;
        String cut = text.length() <= width ? text : text.substring(0, width - 1) + "…";
        return cut + " ".repeat(width - cut.length());
    }

    static String readable(Duration time) {
        return time.toSeconds() < 100
            ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
            : "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart());
    }

    private void write(String text) {
        terminal.out().print(text);
        terminal.out().flush();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    }
}
