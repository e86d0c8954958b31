package dev.retort.kernel.session;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
    private static final Set<Thread> STOPPED = ConcurrentHashMap.newKeySet();

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
        throw new SecurityException("System.exit(" + status + ") ends the cell, not the kernel");
    }

    /** From now on every check that {@code thread} meets throws. */
    static synchronized void arm(Thread thread) {
        if (STOPPED.add(thread) && STOPPED.size() == 1) {
            target(CHECK);
        }
    }

    /** The thread may run again. */
    static synchronized void disarm(Thread thread) {
        if (STOPPED.remove(thread) && STOPPED.isEmpty()) {
            target(NOTHING);
        }
    }

    private static void target(MethodHandle handle) {
        SITE.setTarget(handle);
        MutableCallSite.syncAll(new MutableCallSite[] {SITE});
    }

    private static void throwIfStopped() {
        if (STOPPED.contains(Thread.currentThread())) {
            throw new Stopped();
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
