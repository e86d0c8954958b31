package dev.retort.report;

import ai.djl.Device;
import dev.retort.data.Split;
import dev.retort.device.Threads;
import dev.retort.model.Classifier;
import dev.retort.model.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long a classifier takes from rows to logits, with one thread on a processor.
 *
 * @param oneRow median milliseconds for one row
 * @param batch  median milliseconds for {@link #BATCH} rows
 */
record Latency(double oneRow, double batch) {
    static final int BATCH = 256;

    private static final int WARM_UP = 5;
    private static final int ROUNDS = 31;

    /** Measures several classifiers in turns, so that a change in the machine's speed meets all of them. */
    static List<Latency> measure(List<Classifier> classifiers, Split rows, Device device) {
        return Threads.limited(1, () -> measureAlone(classifiers, rows, device));
    }

    private static List<Latency> measureAlone(List<Classifier> classifiers, Split rows, Device device) {
        Split batch = rows.rows(0, Math.min(BATCH, rows.size()));
        List<Scorer> scorers = new ArrayList<>();
        try {
            classifiers.forEach(classifier -> scorers.add(classifier.open(device)));
            double[] one = medians(scorers, batch, 1);
            double[] many = medians(scorers, batch, batch.size());
            List<Latency> latencies = new ArrayList<>();
            for (int i = 0; i < one.length; i++) {
                latencies.add(new Latency(one[i], many[i] * BATCH / batch.size()));
            }
            return latencies;
        } finally {
            scorers.forEach(Scorer::close);
        }
    }

    private static double[] medians(List<Scorer> scorers, Split rows, int size) {
        double[][] milliseconds = new double[scorers.size()][ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int i = 0; i < scorers.size(); i++) {
                long start = System.nanoTime();
                scorers.get(i).logits(rows, 0, size);
                if (round >= 0) {
                    milliseconds[i][round] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        return Arrays.stream(milliseconds).mapToDouble(Latency::median).toArray();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
