package dev.retort.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The requests to one shell, answered one after the other. Those that wait behind a failed cell can be aborted. */
final class ShellQueue implements AutoCloseable {
    /** How long a request that may be answered beside a running cell waits for its turn behind that cell. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final ExecutorService thread;
    private long added;
    private long current;
    private long done;
    private long abortedUpTo;
    private long currentSince;

    ShellQueue(String name) {
        thread = DaemonThreads.single(name);
    }

    /** Has a request answered when its turn comes. */
    synchronized void add(Runnable answer) {
        if (!thread.isShutdown()) {
            long number = ++added;
            thread.execute(() -> run(number, answer));
        }
    }

    /** Aborts what waits now. */
    synchronized void abortWaiting() {
        abortedUpTo = added;
    }

    /** Whether the request whose turn it is was aborted while it waited. */
    synchronized boolean isAborted() {
        return current <= abortedUpTo;
    }

    /** Waits until what was added before is answered, or one request of it turns out to take long. */
    synchronized void awaitTurn() {
        long before = added;
        long left = PATIENCE_NANOS;
        try {
            while (done < before && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = current > done ? PATIENCE_NANOS - (System.nanoTime() - currentSince) : PATIENCE_NANOS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until what was added is answered, at most so long. */
    void awaitEnd(long millis) throws InterruptedException {
        thread.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }

    /** Aborts what waits, and takes nothing more. */
    @Override
    public synchronized void close() {
        abortWaiting();
        thread.shutdown();
    }

    private void run(long number, Runnable answer) {
        synchronized (this) {
            current = number;
            currentSince = System.nanoTime();
        }
        try {
            answer.run();
        } finally {
            synchronized (this) {
                done = number;
                notifyAll();
            }
        }
    }
}
