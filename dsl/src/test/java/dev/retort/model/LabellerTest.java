package dev.retort.model;

import static dev.retort.Retort.answering;
import static dev.retort.Retort.cnn;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.ensemble;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.threads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.retort.data.Answer;
import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.device.Threads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabellerTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final Split ROWS = DIGITS.train();

    private final int before = Threads.count();
    private final List<Integer> told = new ArrayList<>();

    @AfterEach
    void setBack() {
        threads(before);
        Thread.interrupted();
    }

    /** Is asked by as many threads at once as there may be. */
    private static Classifier strange(Scorer scorer) {
        return Scored.by(answering("strange", DIGITS, row -> "1"), any -> new Scorer() {
            @Override
            public Answer answer(Split rows, int from, int to, Set<String> layers) {
                return scorer.answer(rows, from, to, layers);
            }

            @Override
            public int threads(Set<String> layers) {
                return Threads.count();
            }
        });
    }

    private static Answer label(Classifier classifier, Set<String> layers, IntConsumer progress) {
        try (Labeller labeller = new Labeller(classifier, Device.cpu())) {
            return labeller.answer(ROWS, layers, progress);
        }
    }

    private static Answer zeros(int from, int to) {
        return new Answer(new float[(to - from) * DIGITS.classes().size()]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 31, 257, 513})
    void answersDoNotDependOnHowManyRowsAreLeftOver(int size) {
        Classifier net = mlp(64, 64).fit(ROWS, epochs(1).seed(1));
        float[] all = net.scores(ROWS.rows(0, 1024));
        float[] some = net.scores(ROWS.rows(0, size));
        assertThat(some).containsExactly(Arrays.copyOf(all, some.length), within(size == 1 ? 1e-5f : 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 40})
    void anyNumberOfThreadsGetsTheSameAnswers(int count) {
        Classifier deep = cnn(4, 8).fit(ROWS, epochs(1).seed(1));
        Classifier both = ensemble(deep, mlp(16).fit(ROWS, epochs(1).seed(2))).weights(2, 1);
        threads(1);
        Answer alone = label(deep, Set.of("layer.2"), done -> { });
        float[] ofBoth = both.scores(ROWS);
        threads(count);
        Answer together = label(deep, Set.of("layer.2"), told::add);
        assertThat(together.logits()).isEqualTo(alone.logits());
        assertThat(together.layers().get("layer.2").values()).isEqualTo(alone.layers().get("layer.2").values());
        assertThat(both.scores(ROWS)).isEqualTo(ofBoth);
        assertThat(told).isSorted().doesNotHaveDuplicates().endsWith(ROWS.size());
    }

    @Test
    void threadsAskAtTheSameTime() {
        threads(2);
        CyclicBarrier met = new CyclicBarrier(2);
        Classifier waiting = strange((rows, from, to, layers) -> {
            try {
                met.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException("nobody else asked", e);
            }
            return zeros(from, to);
        });
        Split even = ROWS.rows(0, 1024); // Eight batches; each thread waits for the other in each.
        assertThat(waiting.scores(even)).hasSize(1024 * 10);
    }

    @Test
    void functionsAreAskedByTheCallingThreadAlone() {
        threads(2);
        Set<Thread> askers = ConcurrentHashMap.newKeySet();
        Classifier function = answering("always one", DIGITS, row -> {
            askers.add(Thread.currentThread());
            return "1";
        });
        Classifier net = mlp(8).fit(ROWS, epochs(1).seed(1));
        function.scores(ROWS);
        ensemble(net, function).scores(ROWS);
        ensemble(net, net).weights(row -> {
            askers.add(Thread.currentThread());
            return new double[] {1, 1};
        }).scores(ROWS);
        assertThat(askers).containsExactly(Thread.currentThread());
    }

    @Test
    void whatFailsOnAnotherThreadStopsAllAndIsToldAsItWas() {
        threads(2);
        Thread caller = Thread.currentThread();
        CountDownLatch failed = new CountDownLatch(1);
        Set<Integer> asked = ConcurrentHashMap.newKeySet();
        Classifier failing = strange((rows, from, to, layers) -> {
            if (Thread.currentThread() != caller) {
                failed.countDown();
                throw new IllegalStateException("row " + from + " is odd");
            }
            await(failed);
            sleep(20);
            asked.add(from);
            return zeros(from, to);
        });
        assertThatThrownBy(() -> failing.scores(ROWS)).isInstanceOf(IllegalStateException.class).hasMessageMatching("row \\d+ is odd");
        assertThat(asked).hasSizeLessThan(5);
    }

    @Test
    void noThreadIsLeftAskingAfterAnInterrupt() {
        threads(3);
        Set<Thread> asking = ConcurrentHashMap.newKeySet();
        Thread caller = Thread.currentThread();
        CountDownLatch told = new CountDownLatch(1);
        Classifier slow = strange((rows, from, to, layers) -> {
            asking.add(Thread.currentThread());
            if (Thread.currentThread() != caller) {
                await(told);
                sleep(20);
            }
            asking.remove(Thread.currentThread());
            return zeros(from, to);
        });
        assertThatThrownBy(() -> label(slow, Set.of(), done -> {
            Thread.currentThread().interrupt();
            told.countDown();
        }))
                .isInstanceOf(CancellationException.class).hasMessageMatching("answering\\(\"strange\"\\) was interrupted after \\d+ of 1257 rows");
        assertThat(asking).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Also on an interrupted thread. */
    private static void sleep(int milliseconds) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
