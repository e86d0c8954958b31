package dev.retort.notebook;

import dev.retort.train.Monitor;
import dev.retort.train.Progress;
import java.util.Locale;
import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import tech.tablesaw.api.Table;

/** A run's progress in the output of its cell: one panel, updated in place. */
final class LivePanel implements Monitor {
    private static final String DISPLAY_ID = "display_id";

    /** An update takes a millisecond, in which a small student learns; its epochs may end faster than anyone can read. */
    private static final long BETWEEN_UPDATES_NANOS = 150_000_000;

    private final BaseKernel kernel;
    private final String id = UUID.randomUUID().toString();
    private boolean shown;
    private long lastUpdate;

    LivePanel(BaseKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void show(Progress progress) {
        boolean early = shown && System.nanoTime() - lastUpdate < BETWEEN_UPDATES_NANOS;
        if (!early || progress.state() != Progress.State.RUNNING) {
            show(progress.toString(), html(progress));
        }
    }

    @Override
    public void show(Progress all, Table runs) {
        Grid grid = Grid.of(runs);
        show(all + "\n" + grid.text(), html(all) + grid.html());
    }

    private void show(String text, String html) {
        lastUpdate = System.nanoTime();
        DisplayData panel = new DisplayData(text);
        panel.putData(MIMEType.TEXT_HTML, html);
        panel.putTransientData(DISPLAY_ID, id); // setDisplayId() is another method in later versions of the line.
        if (shown) {
            kernel.getIO().display.updateDisplay(panel);
        } else {
            kernel.display(panel);
            shown = true;
        }
    }

    /** With a bar while it runs, on a few lines; afterwards it keeps to what one wants to know later. */
    private static String html(Progress p) {
        boolean running = p.state() == Progress.State.RUNNING;
        return "<div style=\"max-width:52em;border:1px solid rgba(127,127,127,.4);border-radius:4px;padding:.3em .8em\">"
                + "<div><b>" + Html.escape(p.title()) + "</b> · " + Html.escape(p.stage()) + state(p.state()) + "</div>"
                + (running ? bar(p.fraction()) : "")
                + "<div style=\"display:flex;flex-wrap:wrap;gap:0 1.4em\">"
                + figure("loss", number("%.4f", p.loss()))
                + figure("validation accuracy", percent(p.validationAccuracy()))
                + figure("agreement", percent(p.agreement()))
                + figure("rows/s", number("%,.0f", p.rowsPerSecond()))
                + (running ? figure("left", number("%.0f s", p.secondsLeft())) : figure("took", number("%.1f s", p.seconds())))
                + figure("device", Html.escape(p.device()))
                + "</div></div>";
    }

    private static String state(Progress.State state) {
        return switch (state) {
            case RUNNING -> "";
            case DONE -> " · ✓ done";
            case INTERRUPTED -> " · ■ interrupted, the student so far is kept";
            case FAILED -> " · ✗ failed";
        };
    }

    private static String bar(double fraction) {
        return String.format(Locale.ROOT,
                "<div style=\"height:6px;margin:.3em 0;border-radius:3px;background:rgba(127,127,127,.25)\">"
                        + "<div style=\"height:6px;border-radius:3px;width:%.1f%%;background:#0072B2\"></div></div>",
                100 * fraction);
    }

    private static String percent(double share) {
        return number("%.1f %%", 100 * share);
    }

    /** Nothing for a figure that is not known, or never will be. */
    private static String figure(String name, String value) {
        return value.isEmpty() ? "" : "<span><small style=\"opacity:.65\">" + name + "</small> " + value + "</span>";
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "";
    }
}
