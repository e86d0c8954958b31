package dev.retort.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Interrupts a cell that takes too long. */
final class TimeLimit implements AutoCloseable {
    private final CompletableFuture<Void> cell = new CompletableFuture<>();

    /** @param millis how long it may take; 0 if as long as it likes */
    TimeLimit(long millis, Runnable interrupt) {
        if (millis > 0) {
            cell.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS).thenRun(interrupt);
        }
    }

    /** The cell is over. */
    @Override
    public void close() {
        cell.cancel(false);
    }
}
