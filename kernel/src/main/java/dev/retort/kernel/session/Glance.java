package dev.retort.kernel.session;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs code of a cell beside the running one, such as a value's {@code toString()}, and stops it if it takes long. */
final class Glance {
    private static final long PATIENCE_MILLIS = 300;

    private Glance() {
    }

    /** What the code gives; null if it fails or takes long. */
    static <T> T at(Callable<T> code) {
        FutureTask<T> task = new FutureTask<>(code);
        Thread thread = new Thread(task, "glance");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Stop.arm(Set.of(thread));
            thread.interrupt();
        } catch (ExecutionException e) {
            MemoryReserve.giveUpFor(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }
}
