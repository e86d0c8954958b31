package dev.retort.device;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How many threads a net calculates with. Unless told, and unless {@code OMP_NUM_THREADS} is set, as many as there are
 * physical cores: two threads on one core wait for each other.
 */
public final class Threads {
    private static final Path CORES = Path.of("/sys/devices/system/cpu");

    /**
     * With less to do in a batch, threads wait for each other about as long as they save, and much longer beside a busy process:
     * a perceptron of 6.5 million multiplications gained a quarter by a second thread, and lost two thirds once a process took a core.
     */
    private static final long WORTH_SHARING = 8_000_000;

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
                    + physicalCores() + " cores");
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

    /** Lets this thread calculate with as many; libtorch asks for it on each. */
    static void apply() {
        int wanted = Math.min(count, LIMIT.get());
        if (JniUtils.getNumThreads() != wanted) {
            JniUtils.setNumThreads(wanted);
        }
    }

    private static int byDefault() {
        String wish = System.getenv("OMP_NUM_THREADS");
        return wish != null && wish.matches("[1-9]\\d{0,3}") ? Integer.parseInt(wish)
                : Math.min(physicalCores(), Runtime.getRuntime().availableProcessors());
    }

    /** Cores as Linux counts them; elsewhere the processors that Java sees. */
    private static int physicalCores() {
        Set<String> cores = new HashSet<>();
        try (DirectoryStream<Path> processors = Files.newDirectoryStream(CORES, "cpu[0-9]*")) {
            for (Path processor : processors) {
                cores.add(Files.readString(processor.resolve("topology/thread_siblings_list")));
            }
        } catch (IOException e) {
            return Runtime.getRuntime().availableProcessors();
        }
        return cores.isEmpty() ? Runtime.getRuntime().availableProcessors() : cores.size();
    }
}
