package dev.retort.model;

import ai.djl.Device;
import dev.retort.data.Answer;
import dev.retort.data.Layer;
import dev.retort.data.Split;
import dev.retort.device.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A classifier that is ready to answer for whole splits. Where its scorer allows, each thread asks about other rows: that
 * labels up to twice as many as threads that share the work on every layer, since these wait for each other after each.
 */
public final class Labeller implements AutoCloseable {
    private static final int BATCH_ALONE = 512;
    /** Of several threads, each of which should find something to do. */
    private static final int LEAST_BATCH = 16;

    private final Classifier classifier;
    private final Scorer scorer;

    public Labeller(Classifier classifier, Device device) {
        this.classifier = classifier;
        scorer = classifier.open(device);
    }

    /**
     * The logits of all rows, and these of the classifier's layers.
     *
     * @param progress told after a batch how many rows are done, by the calling thread
     * @throws IllegalArgumentException when the rows do not suit the classifier
     * @throws CancellationException    at the next batch after the thread is interrupted; it stays interrupted
     */
    public Answer answer(Split rows, Set<String> layers, IntConsumer progress) {
        Scores.check(classifier, rows);
        return new Work(rows, layers).answer(progress);
    }

    @Override
    public void close() {
        scorer.close();
    }

    private final class Work {
        private final Split rows;
        private final Set<String> layers;
        private final int batch;
        /** The last one takes what is left over, too: engines may add up a single row otherwise. */
        private final int batches;
        private final int threads;
        private final float[] logits;
        private final Map<String, Layer> said = new ConcurrentHashMap<>();
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();

        Work(Split rows, Set<String> layers) {
            this.rows = rows;
            this.layers = layers;
            int size = rows.size();
            int most = scorer.threads(layers);
            batch = most == 1 ? BATCH_ALONE : Math.max(LEAST_BATCH, Math.min(scorer.rowsAtOnce(), (size + most - 1) / most));
            batches = Math.min(size, Math.max(1, size / batch));
            threads = Math.min(most, batches);
            logits = new float[size * classifier.classes().size()];
        }

        Answer answer(IntConsumer progress) {
            List<CompletableFuture<Void>> others = new ArrayList<>();
            try {
                for (int i = 1; i < threads; i++) {
                    others.add(CompletableFuture.runAsync(() -> ask(Scores.SILENT), Work::start));
                }
                ask(progress);
            } finally {
                next.set(batches);
                others.forEach(other -> other.exceptionally(failure -> null).join()); // The scorer must not be closed before.
            }
            others.forEach(Work::failAs);
            progress.accept(rows.size());
            return new Answer(logits, said);
        }

        private static void start(Runnable work) {
            Thread thread = new Thread(work, "labelling");
            thread.setDaemon(true);
            thread.start();
        }

        private static void failAs(CompletableFuture<Void> ended) {
            try {
                ended.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) e.getCause();
            }
        }

        private void ask(IntConsumer progress) {
            try {
                for (int i = next.getAndIncrement(); i < batches; i = next.getAndIncrement()) {
                    stopIfInterrupted();
                    int from = i * batch;
                    int to = i == batches - 1 ? rows.size() : from + batch;
                    put(scorer.answer(rows, from, to, layers), from);
                    int soFar = done.addAndGet(to - from);
                    if (soFar < rows.size()) {
                        progress.accept(soFar);
                    }
                }
            } catch (RuntimeException | Error e) {
                next.set(batches);
                throw e;
            }
        }

        private void stopIfInterrupted() {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException(classifier.name() + " was interrupted after " + done + " of " + rows.size() + " rows");
            }
        }

        private void put(Answer answer, int from) {
            put(answer.logits(), logits, from);
            answer.layers().forEach((name, layer) ->
                    put(layer.values(), said.computeIfAbsent(name, any -> room(layer)).values(), from));
        }

        private Layer room(Layer like) {
            return new Layer(new float[Math.toIntExact(rows.size() * like.shape().size())], like.shape());
        }

        private void put(float[] some, float[] all, int from) {
            System.arraycopy(some, 0, all, all.length / rows.size() * from, some.length);
        }
    }
}
