package dev.retort.kernel.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Memory that is given up when a cell has filled the rest, so that the next one can run and let go of what fills it. Taken
 * again as soon as there is enough.
 */
public final class MemoryReserve {
    private static final int BYTES = (int) Math.min(8L << 20, Runtime.getRuntime().maxMemory() / 8);
    private static final AtomicBoolean TAKEN = new AtomicBoolean();
    private static volatile byte[] held;

    private MemoryReserve() {
    }

    /** Takes the memory, if it is not held and four times as much is free; beside the cell, which shall not wait for it. */
    public static void take() {
        Runtime runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        if (free > 4L * BYTES && TAKEN.compareAndSet(false, true)) {
            CompletableFuture.runAsync(() -> held = new byte[BYTES]);
        }
    }

    /** Gives the memory up if that is why {@code thrown} was thrown. */
    static void giveUpFor(Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            held = null;
            TAKEN.set(false);
        }
    }
}
