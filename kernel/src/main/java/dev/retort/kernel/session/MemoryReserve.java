package dev.retort.kernel.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Memory that is given up when a cell has filled the rest, so that the next one can run and let go of what fills it. Taken
 * again as soon as there is enough.
 */
public final class MemoryReserve {
    private static final long HEAP = Runtime.getRuntime().maxMemory();
    private static final int BYTES = (int) Math.min(8L << 20, HEAP / 8);
    /** No cell fills a heap faster: until then the reserve can wait, and the first answers need no collection. */
    private static final long MOST_BYTES_IN_A_MILLISECOND = 8L << 20;
    private static final Executor IN_TIME =
            CompletableFuture.delayedExecutor(HEAP / MOST_BYTES_IN_A_MILLISECOND, TimeUnit.MILLISECONDS);
    private static final AtomicBoolean TAKEN = new AtomicBoolean();
    private static volatile byte[] held;

    private MemoryReserve() {
    }

    /** Takes the memory before a cell can have filled the rest, if it is not held and four times as much is free. */
    public static void take() {
        Runtime runtime = Runtime.getRuntime();
        long free = HEAP - runtime.totalMemory() + runtime.freeMemory();
        if (free > 4L * BYTES && TAKEN.compareAndSet(false, true)) {
            CompletableFuture.runAsync(() -> held = new byte[BYTES], IN_TIME).whenComplete((done, full) -> TAKEN.set(full == null));
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
