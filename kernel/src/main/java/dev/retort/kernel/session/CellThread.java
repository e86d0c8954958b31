package dev.retort.kernel.session;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A thread that runs the code of one cell after the other, and how it is interrupted. Only code of cells runs on it: an
 * interrupt that hit the compiler would close the files it reads.
 *
 * <p>An interrupt also stops the threads that the cell has started; those of earlier cells go on. Code that heeds no interrupt,
 * such as a library's endless loop, is abandoned: the cell fails, and the thread ends when it is back in code of the cell.
 */
public final class CellThread implements AutoCloseable {
    /** Native libraries that cells call need more than the usual megabyte. */
    private static final long STACK = 16L << 20;
    /** How long a library may take to end in good order, such as a training to the end of its batch. */
    private static final long PATIENCE_MILLIS = 2000;
    /** How long code may take that is blocked in a read, of which no interrupt wakes it. */
    private static final long READ_PATIENCE_MILLIS = 10;
    private static final ThreadLocal<CellThread> BEGUN = new ThreadLocal<>();

    private final ClassLoader loader;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(this::create);
    private final StartedThreads started = new StartedThreads();
    private volatile Thread thread;
    private CompletableFuture<?> running;
    private boolean inCell;
    private boolean inCode;
    private boolean interrupted;
    private volatile boolean abandoned;

    /** @param loader where libraries that cells call look for services and resources */
    CellThread(ClassLoader loader) {
        this.loader = loader;
    }

    /** The thread on which the caller began a cell, or which the caller is; null if neither. */
    static CellThread current() {
        return Thread.currentThread() instanceof Worker worker ? worker.owner() : BEGUN.get();
    }

    /** From here to {@link #end} what the caller evaluates runs on this thread, and an interrupt has an effect. */
    public synchronized void begin() {
        BEGUN.set(this);
        if (thread != null) {
            thread.setContextClassLoader(loader); // An earlier cell may have changed it.
        }
        started.begin(thread);
        inCell = true;
        interrupted = false;
    }

    /** The cell is over. */
    public synchronized void end() {
        BEGUN.remove();
        inCell = false;
        interrupted = false;
    }

    /** Stops the cell that is running, from any thread; without one, does nothing. */
    public synchronized void interrupt() {
        if (!inCell) {
            return;
        }
        interrupted = true;
        started.stop(thread);
        if (inCode) {
            stop();
        }
        if (running != null) {
            CompletableFuture<?> awaited = running;
            after(READ_PATIENCE_MILLIS, () -> abandon(awaited, BlockedRead.blocks(thread)));
            after(PATIENCE_MILLIS, () -> abandon(awaited, true));
        }
    }

    /** Whether code that heeds no interrupt occupies this thread for good: the next cell needs another one. */
    public boolean isAbandoned() {
        return abandoned;
    }

    /** One that runs the next cells in place of this one, which is abandoned. */
    public synchronized CellThread successor() {
        started.release(thread);
        return new CellThread(loader);
    }

    /**
     * Runs code of a cell and waits for it.
     *
     * @throws Stop.Stopped if the cell is interrupted before, while or just after it runs
     * @throws Exception    what the code throws
     */
    <T> T call(Callable<T> code) throws Exception {
        return Thread.currentThread() == thread ? enter(code) : await(submit(code));
    }

    /** @throws CellException if the running cell is interrupted */
    synchronized void stopIfInterrupted() throws CellException {
        if (interrupted) {
            throw interruption();
        }
    }

    /** Runs the kernel's own code in the midst of a cell's, if the caller runs one; an interrupt waits until it is over. */
    static <T, E extends Exception> T outsideCode(Action<T, E> action) throws E {
        return Thread.currentThread() instanceof Worker worker ? worker.owner().leaving(action) : action.run();
    }

    interface Action<T, E extends Exception> {
        T run() throws E;
    }

    /** Stops the cell that is running; the thread ends as soon as it can. */
    @Override
    public void close() {
        interrupt();
        executor.shutdown();
    }

    CellException interruption() {
        return abandoned ? CellException.abandoned() : CellException.interrupted();
    }

    private <T> CompletableFuture<T> submit(Callable<T> code) {
        CompletableFuture<T> result = new CompletableFuture<>();
        synchronized (this) {
            if (interrupted) {
                throw new Stop.Stopped();
            }
            running = result;
        }
        executor.execute(() -> {
            try {
                result.complete(enter(code));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private void abandon(CompletableFuture<?> awaited, boolean hopeless) {
        synchronized (this) {
            if (!hopeless || awaited.isDone()) {
                return;
            }
            abandoned = true;
        }
        executor.shutdown();
        awaited.completeExceptionally(new Stop.Stopped());
    }

    private static void after(long millis, Runnable action) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(action);
    }

    private <T, E extends Exception> T leaving(Action<T, E> action) throws E {
        boolean wasInCode = leaveCode();
        try {
            return action.run();
        } finally {
            resume(wasInCode);
        }
    }

    private <T> T enter(Callable<T> code) throws Exception {
        boolean wasInCode = enterCode();
        try {
            return code.call();
        } finally {
            leaveCode();
            if (resume(wasInCode)) {
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
        Stop.disarm(Set.of(Thread.currentThread()));
        Thread.interrupted();
        return was;
    }

    /** Whether the cell is to stop. */
    private synchronized boolean resume(boolean wasInCode) {
        inCode = wasInCode;
        if (inCode && (interrupted || abandoned)) {
            stop();
        }
        return interrupted || abandoned;
    }

    private void stop() {
        Stop.arm(Set.of(thread));
        thread.interrupt();
    }

    private Thread create(Runnable work) {
        thread = new Worker(started.group(), work);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }

    private final class Worker extends Thread {
        Worker(ThreadGroup group, Runnable work) {
            super(group, work, "cell", STACK);
        }

        CellThread owner() {
            return CellThread.this;
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
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
