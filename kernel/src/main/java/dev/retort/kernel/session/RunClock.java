package dev.retort.kernel.session;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How long the code of cells ran on the calling thread, without what it took to compile it. */
public final class RunClock implements AutoCloseable {
    private static final ThreadLocal<RunClock> CURRENT = new ThreadLocal<>();

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final RunClock outer = CURRENT.get();
    private long wall;
    private long cpu;
    private int depth;

    private RunClock() {
    }

    /** Starts measuring the calling thread, until it is closed. */
    public static RunClock start() {
        RunClock clock = new RunClock();
        CURRENT.set(clock);
        return clock;
    }

    /** The clock of the calling thread, or null. */
    static RunClock current() {
        return CURRENT.get();
    }

    /** Code of a cell starts; it may stand within other code of a cell. */
    void enter() {
        if (depth++ == 0) {
            wall -= System.nanoTime();
            cpu -= threads.getCurrentThreadCpuTime();
        }
    }

    /** The code ended. */
    void leave() {
        if (--depth == 0) {
            cpu += threads.getCurrentThreadCpuTime();
            wall += System.nanoTime();
        }
    }

    /** Nanoseconds that passed while code of cells ran. */
    public long wallNanos() {
        return wall;
    }

    /** Nanoseconds that the processor worked for it on this thread. */
    public long cpuNanos() {
        return cpu;
    }

    @Override
    public void close() {
        CURRENT.set(outer);
    }
}
