package dev.retort.kernel.session;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The one thread that runs the code of cells, and how it is interrupted. Only code of cells runs on it: an interrupt that hit
 * the compiler would close the files it reads.
 */
final class CellThread implements AutoCloseable {
    /** Native libraries that cells call need more than the usual megabyte. */
    private static final long STACK = 16L << 20;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(this::create);
    private final ClassLoader loader;
    private volatile Thread thread;
    private boolean inCell;
    private boolean inCode;
    private boolean interrupted;

    /** @param loader where libraries that cells call look for services and resources */
    CellThread(ClassLoader loader) {
        this.loader = loader;
    }

    /** From here to {@link #end} an interrupt has an effect. */
    synchronized void begin() {
        inCell = true;
        interrupted = false;
    }

    synchronized void end() {
        inCell = false;
        interrupted = false;
    }

    synchronized boolean isInterrupted() {
        return interrupted;
    }

    /** Stops the cell that is running; without one, does nothing. */
    synchronized void interrupt() {
        if (inCell) {
            interrupted = true;
            if (inCode) {
                stop();
            }
        }
    }

    /**
     * Runs code of a cell and waits for it.
     *
     * @throws Stop.Stopped if the cell is interrupted before, while or just after it runs
     * @throws Exception    what the code throws
     */
    <T> T call(Callable<T> code) throws Exception {
        return isCurrent() ? enter(code) : await(executor.submit(() -> enter(code)));
    }

    /** Whether the caller is this thread: a cell that evaluates another one. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Runs the kernel's own code on this thread in the midst of a cell's; an interrupt waits until it is over. */
    <T, E extends Exception> T outsideCode(Action<T, E> action) throws E {
        boolean wasInCode = leaveCode();
        try {
            return action.run();
        } finally {
            resume(wasInCode);
        }
    }

    interface Action<T, E extends Exception> {
        T run() throws E;
    }

    @Override
    public void close() {
        interrupt();
        executor.shutdown();
    }

    private <T> T enter(Callable<T> code) throws Exception {
        boolean wasInCode = enterCode();
        try {
            return code.call();
        } finally {
            leaveCode();
            resume(wasInCode);
            if (isInterrupted()) {
                throw new Stop.Stopped();
            }
        }
    }

    private synchronized boolean enterCode() {
        if (interrupted) {
            throw new Stop.Stopped();
        }
        boolean was = inCode;
        inCode = true;
        return was;
    }

    private synchronized boolean leaveCode() {
        boolean was = inCode;
        inCode = false;
        Stop.disarm(Thread.currentThread());
        Thread.interrupted();
        return was;
    }

    private synchronized void resume(boolean wasInCode) {
        inCode = wasInCode;
        if (inCode && interrupted) {
            stop();
        }
    }

    private void stop() {
        Stop.arm(thread);
        thread.interrupt();
    }

    private Thread create(Runnable work) {
        thread = new Thread(null, work, "cell", STACK);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }

    private static <T> T await(Future<T> future) throws Exception {
        boolean callerInterrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    callerInterrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } finally {
            if (callerInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Exception unwrapped(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (Exception) cause;
    }
}
