package dev.retort.device;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * How many threads a net calculates with. Unless told, and unless {@code OMP_NUM_THREADS} is set, as many as there are
 * physical cores: two threads on one core wait for each other.
 */
public final class Threads {
    /**
     * With less to do in a batch, two trainings side by side are worth more: mlp(64) learned 340,000 pictures a second instead of 240,000
     * by a second thread in batches of 128, which is 6.5 million multiplications, but 141,000 instead of 127,000 in batches of 32.
     */
    private static final long WORTH_SHARING = 6_000_000;

    private static final ThreadLocal<Integer> LIMIT = ThreadLocal.withInitial(() -> Integer.MAX_VALUE);

    private static volatile int count = byDefault();

    private Threads() {
    }

    /** How many there are now. */
    public static int count() {
        return count;
    }

    /**
     * Changes it for what begins from now on.
     *
     * @throws IllegalArgumentException when there is not at least one
     */
    public static void use(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads(" + threads + "): at least one thread is needed; this machine has "
                    + Cores.count() + " cores");
        }
        count = threads;
    }

    /** How many a net gets that makes this many multiplications with a batch: the same each time, since sums depend on it. */
    public static int forBatch(long multiplications) {
        return multiplications < WORTH_SHARING ? 1 : count;
    }

    /** Does this with no more than so many. */
    public static <T> T limited(int threads, Supplier<T> work) {
        int before = LIMIT.get();
        LIMIT.set(threads);
        apply();
        try {
            return work.get();
        } finally {
            LIMIT.set(before);
            apply();
        }
    }

    /** Does what threads calculate together. */
    public static void together(Runnable work) {
        if (wanted() > 1) {
            Cores.onFirst(work);
        } else {
            work.run();
        }
    }

    /** Lets this thread calculate with as many; libtorch asks for it on each. */
    static void apply() {
        if (JniUtils.getNumThreads() != wanted()) {
            JniUtils.setNumThreads(wanted());
        }
    }

    private static int wanted() {
        return Math.min(count, LIMIT.get());
    }

    private static int byDefault() {
        String wish = System.getenv("OMP_NUM_THREADS");
        return wish != null && wish.matches("[1-9]\\d{0,3}") ? Integer.parseInt(wish)
                : Cores.count();
    }
}
