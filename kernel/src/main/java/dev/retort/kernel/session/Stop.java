package dev.retort.kernel.session;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * The check that {@link Weaver} puts at the entry of every method and the end of every loop of a cell. All places share one
 * call site whose target does nothing, so compiled code pays nothing for it. While some thread is to stop, the target is a
 * method that throws on that thread; HotSpot discards the code compiled against the empty one.
 *
 * <p>Public because classes of cells link to it.
 */
public final class Stop {
    private static final MethodType SIGNATURE = MethodType.methodType(void.class);
    private static final MethodHandle NOTHING = MethodHandles.empty(SIGNATURE);
    private static final MethodHandle CHECK = check();
    private static final MutableCallSite SITE = new MutableCallSite(NOTHING);
    /** Mostly none, seldom more than one. */
    private static volatile Thread[] stopped = {};

    private Stop() {
    }

    /** Thrown in a cell that is to stop. An error without a trace, so that hardly any cell catches it. */
    static final class Stopped extends Error {
        Stopped() {
            super("stopped", null, false, false);
        }
    }

    /** Links a woven check. */
    public static CallSite bootstrap(MethodHandles.Lookup caller, String name, MethodType type) {
        return SITE;
    }

    /** Stands where a cell calls {@link System#exit}, which would take the kernel and all its variables along. */
    public static void exit(int status) {
        throw new SecurityException("exit(" + status + ") ends the cell, not the kernel");
    }

    /** Stands where a cell calls {@link Runtime#exit} or {@link Runtime#halt}. */
    public static void exit(Runtime runtime, int status) {
        exit(status);
    }

    /** From now on every check that one of {@code threads} meets throws. */
    static synchronized void arm(Collection<Thread> threads) {
        set(Stream.concat(Arrays.stream(stopped), threads.stream()));
    }

    /** The threads may run again. */
    static synchronized void disarm(Collection<Thread> threads) {
        set(Arrays.stream(stopped).filter(thread -> !threads.contains(thread)));
    }

    private static void set(Stream<Thread> threads) {
        boolean wasNone = stopped.length == 0;
        stopped = threads.filter(Thread::isAlive).distinct().toArray(Thread[]::new);
        boolean none = stopped.length == 0;
        if (none != wasNone) {
            target(none ? NOTHING : CHECK);
        }
    }

    private static void target(MethodHandle handle) {
        SITE.setTarget(handle);
        MutableCallSite.syncAll(new MutableCallSite[] {SITE});
    }

    private static void throwIfStopped() {
        Thread current = Thread.currentThread();
        for (Thread thread : stopped) {
            if (thread == current) {
                throw new Stopped();
            }
        }
    }

    private static MethodHandle check() {
        try {
            return MethodHandles.lookup().findStatic(Stop.class, "throwIfStopped", SIGNATURE);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
