package dev.retort.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that do one task after the other and do not keep the process alive. */
final class DaemonThreads {
    private DaemonThreads() {
    }

    static ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
