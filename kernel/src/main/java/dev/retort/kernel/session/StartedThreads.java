package dev.retort.kernel.session;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The threads that a cell starts, known by the group that they inherit. */
final class StartedThreads {
    private final ThreadGroup group = new ThreadGroup("cell");
    private Set<Thread> earlier = Set.of();
    private Set<Thread> stopped = Set.of();

    ThreadGroup group() {
        return group;
    }

    /** A cell begins: those that are there now are none of its own. */
    void begin() {
        Stop.disarm(stopped);
        stopped = Set.of();
        earlier = all();
    }

    /** Stops those that the cell has started, which {@code cell} runs. */
    void stop(Thread cell) {
        Set<Thread> own = all();
        own.removeAll(earlier);
        own.remove(cell);
        Stop.arm(own);
        own.forEach(Thread::interrupt);
        stopped = own;
    }

    private Set<Thread> all() {
        Thread[] threads = new Thread[group.activeCount() + 8];
        int count = group.enumerate(threads);
        return new HashSet<>(Arrays.asList(threads).subList(0, count));
    }
}
