package dev.retort.kernel.magic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How long code takes once the JVM has compiled it: runs are timed in batches long enough for the clock.
 *
 * @param nanos what one run took, on average, in each batch; ascending
 * @param runs  how many runs a batch had
 */
record Benchmark(List<Double> nanos, long runs) {
    private static final long WARM_UP_NANOS = 700_000_000;
    /** How long no batch may have been faster than those before, by more than a little. */
    private static final long STEADY_NANOS = 400_000_000;
    private static final double FASTER = 0.95;
    private static final long MEASURED_NANOS = 1_500_000_000;
    private static final long BATCH_NANOS = 15_000_000;
    private static final int FEWEST_BATCHES = 3;
    private static final int MOST_RUNS = 1 << 30;

    /** Code in a loop. */
    @FunctionalInterface
    interface Loop {
        /** Runs the code so many times, and says how many nanoseconds it took. */
        long nanos(int runs) throws Exception;
    }

    /** Measures code for a few seconds, or for as long as four runs take. */
    static Benchmark of(Loop loop) throws Exception {
        int runs = warmUp(loop);
        List<Double> nanos = new ArrayList<>();
        long measured = 0;
        while (measured < MEASURED_NANOS || nanos.size() < FEWEST_BATCHES) {
            long batch = loop.nanos(runs);
            measured += batch;
            nanos.add((double) batch / runs);
        }
        Collections.sort(nanos);
        return new Benchmark(List.copyOf(nanos), runs);
    }

    /** Runs the code until the JVM has had time to compile it, and it gets no faster; returns how many runs make a batch. */
    private static int warmUp(Loop loop) throws Exception {
        int runs = 1;
        long total = 0;
        long lastFaster = 0;
        double fastest = Double.MAX_VALUE;
        while (total < WARM_UP_NANOS || total - lastFaster < STEADY_NANOS) {
            long batch = Math.max(1, loop.nanos(runs));
            double nanos = (double) batch / runs;
            lastFaster = nanos < FASTER * fastest ? total : lastFaster;
            fastest = Math.min(nanos, fastest);
            total += batch;
            runs = batch < BATCH_NANOS ? Math.min(MOST_RUNS, 2 * runs) : runs;
        }
        return (int) Math.max(1, Math.min(MOST_RUNS, BATCH_NANOS / fastest));
    }

    double median() {
        return quantile(0.5);
    }

    private double quantile(double share) {
        return nanos.get((int) Math.round(share * (nanos.size() - 1)));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s a run (the middle half %s to %s; %d batches of %,d run%s)", time(median()),
                time(quantile(0.25)), time(quantile(0.75)), nanos.size(), runs, runs == 1 ? "" : "s");
    }

    /** A duration in the unit that fits. */
    static String time(double nanos) {
        double value = nanos;
        for (String unit : List.of("ns", "µs", "ms")) {
            if (value < 999.5) {
                return number(value) + " " + unit;
            }
            value /= 1000;
        }
        return value < 60 ? number(value) + " s" : String.format(Locale.ROOT, "%d min %02.0f s", (int) value / 60, value % 60);
    }

    /** Three digits. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
