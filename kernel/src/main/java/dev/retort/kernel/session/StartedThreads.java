package dev.retort.kernel.session;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The threads that a cell starts, known by the group that they inherit, and those that run its parallel streams. */
final class StartedThreads {
    /** How long the next cell waits for threads of an interrupted one, which may have more tasks before them. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

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
    private boolean areStopped;

    ThreadGroup group() {
        return group;
    }

    /** A cell begins: those that are there now are none of its own. */
    void begin(Thread cell) {
        release(cell);
        earlier = all();
    }

    /** Stops those that the cell has started, which {@code cell} runs. */
    void stop(Thread cell) {
        areStopped = true;
        stopped = ofCell(cell);
        stop(stopped);
    }

    /** Lets those that were stopped run again, once what they were doing has ended. */
    void release(Thread cell) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (areStopped && isAnyBusy() && System.nanoTime() < end) {
            Set<Thread> late = ofCell(cell);
            late.removeAll(stopped);
            stop(late);
            stopped.addAll(late);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        Stop.disarm(stopped);
        stopped = Set.of();
        areStopped = false;
    }

    private static void stop(Set<Thread> threads) {
        Stop.arm(threads);
        threads.forEach(Thread::interrupt);
    }

    private boolean isAnyBusy() {
        return !ForkJoinPool.commonPool().isQuiescent() || stopped.stream().anyMatch(StartedThreads::isBusy);
    }

    /** Whether it runs, or will as soon as it has seen that it was interrupted. */
    private static boolean isBusy(Thread thread) {
        return switch (thread.getState()) {
            case TERMINATED -> false;
            case WAITING, TIMED_WAITING -> thread.isInterrupted();
            default -> true;
        };
    }

    private Set<Thread> ofCell(Thread cell) {
        Set<Thread> own = all();
        own.removeAll(earlier);
        own.remove(cell);
        own.addAll(commonPool());
        return own;
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
