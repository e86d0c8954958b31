package dev.retort.device;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * How many threads a net calculates with. Unless told, and unless {@code OMP_NUM_THREADS} is set, as many as there are
 * physical cores: two threads on one core wait for each other.
 */
public final class Threads {
    private static final Path CORES = Path.of("/sys/devices/system/cpu");

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

    /** Lets this thread calculate with as many; libtorch asks for it on each. */
    static void apply() {
        if (JniUtils.getNumThreads() != count) {
            JniUtils.setNumThreads(count);
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
