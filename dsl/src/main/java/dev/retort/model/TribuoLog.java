package dev.retort.model;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Tribuo tells each tree and each training on the console, unless somebody has set a level for it. */
final class TribuoLog {
    /** Held, since a logger that nobody holds is collected as garbage, and its level with it. */
    private static final Logger LOG = Logger.getLogger("org.tribuo");

    private TribuoLog() {
    }

    static void keepQuiet() {
        if (LOG.getLevel() == null) {
            LOG.setLevel(Level.WARNING);
        }
    }
}
