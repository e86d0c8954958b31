package dev.retort.kernel.magic;

import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** One line in the output that changes in place; the notebook keeps its last state. */
final class UpdatedText {
    private final Host host;
    private final String id = UUID.randomUUID().toString();
    private boolean shown;

    UpdatedText(Host host) {
        this.host = host;
    }

    /** May be called from any thread. */
    synchronized void show(String text) {
        DisplayData data = new DisplayData(text);
        data.setDisplayId(id);
        if (shown) {
            host.update(data);
        } else {
            host.display(data);
            shown = true;
        }
    }
}
