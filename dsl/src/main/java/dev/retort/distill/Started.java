package dev.retort.distill;

import dev.retort.model.Classifier;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A distillation that goes on in the background. */
public final class Started {
    private final String title;
    private final FutureTask<Run> task;
    private final Thread thread;
    private final AtomicReference<CompletableFuture<Classifier>> asked = new AtomicReference<>();

    /** @param work runs the distillation, and tells its argument from time to time that the student so far can be had */
    Started(String title, Function<Consumer<Supplier<Classifier>>, Run> work) {
        this.title = title;
        task = new FutureTask<>(() -> work.apply(this::hand));
        thread = new Thread(this::run, title);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        task.run();
        hand(() -> await().student());
    }

    /** On the training thread: the weights stand still as long as this takes. */
    private void hand(Supplier<Classifier> soFar) {
        CompletableFuture<Classifier> waiting = asked.getAndSet(null);
        if (waiting == null) {
            return;
        }
        try {
            waiting.complete(soFar.get());
        } catch (RuntimeException e) {
            waiting.completeExceptionally(e);
        }
    }

    /**
     * The student so far, frozen; when the run is over, the student. It comes when the training next passes a place where it
     * can be had, a few times a second; a model that is nothing before it is all, such as a tree, comes at the end.
     *
     * @throws CancellationException when the thread is interrupted meanwhile; the run goes on
     */
    public Classifier student() {
        CompletableFuture<Classifier> coming = asked.updateAndGet(waiting -> waiting == null ? new CompletableFuture<>() : waiting);
        if (task.isDone()) {
            hand(() -> await().student());
        }
        return get(coming::get);
    }

    /** Whether it goes on. */
    public boolean isRunning() {
        return !task.isDone();
    }

    /**
     * Waits for the end.
     *
     * @throws CancellationException when the thread is interrupted meanwhile, and the run goes on; or when the run was stopped
     *     before there was a student
     */
    public Run await() {
        return get(task::get);
    }

    /** Ends it at the next batch; the run holds the student so far. */
    public Run stop() {
        thread.interrupt();
        return await();
    }

    private interface Wait<T> {
        T get() throws InterruptedException, ExecutionException;
    }

    private <T> T get(Wait<T> wait) {
        try {
            return wait.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting; " + title + " goes on in the background, stop() ends it");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public String toString() {
        return title + (isRunning() ? ": in the background" : ": over");
    }
}
