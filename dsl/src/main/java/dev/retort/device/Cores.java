package dev.retort.device;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The physical cores, and which of the threads that calculate together run on which. Linux moves threads about; once another process
 * keeps a core busy, those who wait for each other often share what is left. So each thread that helps has a core of its own, all but
 * the first, where the one that they help stays as long as it takes. On two cores, one of them busy, cnn(8, 16) then learns 15,000
 * rows a second instead of 8,000, and mlp(64) 140,000 instead of 40,000.
 */
final class Cores {
    private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");
    /** As in C's {@code cpu_set_t}. */
    private static final int MOST_PROCESSORS = 1024;

    /** Null where helpers have no cores of their own. */
    private static volatile BitSet first;

    private Cores() {
    }

    /** How many there are, as Linux counts them, but no more than the processors that Java sees. */
    static int count() {
        int processors = Runtime.getRuntime().availableProcessors();
        BitSet known = new BitSet();
        while (Files.exists(siblings(known.length()))) {
            known.set(known.length());
        }
        return known.isEmpty() ? processors : Math.min(all(known).size(), processors);
    }

    /**
     * Gives the helpers that OpenMP will start their cores; once it is loaded, which others may have done, it is too late. Threads that
     * ask for help may be anywhere, so the first place is everywhere. What the user set stays.
     *
     * @throws UnsatisfiedLinkError where the system is not Linux
     */
    static void assign(NativeLibrary libc) {
        if (Stream.of("OMP_PROC_BIND", "OMP_PLACES", "GOMP_CPU_AFFINITY").anyMatch(name -> System.getenv(name) != null) || isLoaded()) {
            return;
        }
        BitSet allowed = allowed(libc);
        List<BitSet> cores = all(allowed);
        if (cores.size() > 1) {
            libc.getFunction("setenv").invokeInt(new Object[] {"OMP_PLACES", places(allowed, cores), 1});
            libc.getFunction("setenv").invokeInt(new Object[] {"OMP_PROC_BIND", "close", 1});
            first = cores.get(0);
        }
    }

    private static boolean isLoaded() {
        try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
            return mapped.anyMatch(line -> line.contains("libgomp"));
        } catch (IOException | UncheckedIOException e) {
            return true;
        }
    }

    /** Does this on the first core, where helpers have the others. */
    static void onFirst(Runnable work) {
        if (first == null) {
            work.run();
            return;
        }
        NativeLibrary libc = NativeLibrary.getInstance("c");
        BitSet before = allowed(libc);
        allow(libc, first);
        try {
            work.run();
        } finally {
            allow(libc, before);
        }
    }

    static String places(BitSet allowed, List<BitSet> cores) {
        return Stream.concat(Stream.of(allowed), cores.stream().skip(1))
                .map(place -> place.stream().mapToObj(String::valueOf).collect(Collectors.joining(",", "{", "}"))).collect(Collectors.joining(","));
    }

    /** Of each core with allowed processors these. */
    private static List<BitSet> all(BitSet allowed) {
        List<BitSet> cores = new ArrayList<>();
        allowed.stream().forEach(processor -> {
            BitSet core = core(processor);
            core.and(allowed);
            if (!cores.contains(core)) {
                cores.add(core);
            }
        });
        return cores;
    }

    /** The processors on the core of this one. */
    private static BitSet core(int processor) {
        try {
            return parse(Files.readString(siblings(processor)).strip());
        } catch (IOException e) {
            return parse(String.valueOf(processor));
        }
    }

    private static Path siblings(int processor) {
        return PROCESSORS.resolve("cpu" + processor + "/topology/thread_siblings_list");
    }

    /** From a list such as {@code 0-1,4}. */
    static BitSet parse(String list) {
        BitSet processors = new BitSet();
        for (String range : list.split(",")) {
            String[] ends = range.split("-");
            processors.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        return processors;
    }

    /** The processors that this thread may run on. */
    private static BitSet allowed(NativeLibrary libc) {
        long[] mask = new long[MOST_PROCESSORS / Long.SIZE];
        affinity(libc, "sched_getaffinity", mask);
        return BitSet.valueOf(mask);
    }

    private static void allow(NativeLibrary libc, BitSet processors) {
        long[] mask = new long[MOST_PROCESSORS / Long.SIZE];
        long[] used = processors.toLongArray();
        System.arraycopy(used, 0, mask, 0, used.length);
        affinity(libc, "sched_setaffinity", mask);
    }

    private static void affinity(NativeLibrary libc, String function, long[] mask) {
        int thisThread = 0;
        libc.getFunction(function).invokeInt(new Object[] {thisThread, MOST_PROCESSORS / Byte.SIZE, mask});
    }
}
