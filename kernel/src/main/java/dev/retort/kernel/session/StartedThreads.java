package dev.retort.kernel.session;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The threads that a cell starts, known by the group that they inherit, and those that run its parallel streams. */
final class StartedThreads {
    private final ThreadGroup group = new ThreadGroup("cell") {
        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            if (!(thrown instanceof Stop.Stopped)) {
                super.uncaughtException(thread, thrown);
            }
        }
    };
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
        own.addAll(commonPool());
        Stop.arm(own);
        own.forEach(Thread::interrupt);
        stopped = own;
    }

    private Set<Thread> all() {
        return all(group).collect(Collectors.toCollection(HashSet::new));
    }

    private List<Thread> commonPool() {
        ThreadGroup root = group;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return all(root).filter(thread -> thread instanceof ForkJoinWorkerThread worker
                && worker.getPool() == ForkJoinPool.commonPool()).toList();
    }

    private static Stream<Thread> all(ThreadGroup group) {
        Thread[] threads = new Thread[group.activeCount() + 8];
        return Arrays.stream(threads, 0, group.enumerate(threads));
    }
}
