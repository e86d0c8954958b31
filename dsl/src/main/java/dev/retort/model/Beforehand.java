package dev.retort.model;

import dev.retort.model.Stored.Description;
import tech.tablesaw.api.Table;

/**
 * Loads what a training and a look at it need later, while the first one has libtorch loaded: half a second of a short run on two
 * cores. What fails here is told where it is needed.
 */
final class Beforehand {
    private static final Thread LOADING = new Thread(Beforehand::load, "retort-loading");

    static {
        LOADING.setDaemon(true);
        LOADING.start();
    }

    private Beforehand() {
    }

    /** Begins, the first time. */
    static void begin() {
        // The class is initialised.
    }

    private static void load() {
        try {
            ClassifierFile.isReadyFor(Description.class);
            OnnxRuntime.environment();
            Table.create(); // Without columns: their classes wait for each other when two threads load them.
        } catch (RuntimeException | LinkageError e) {
            // Nothing depends on it yet.
        }
    }
}
