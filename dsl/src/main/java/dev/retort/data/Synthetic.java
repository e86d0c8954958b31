package dev.retort.data;

import java.util.Random;
import java.util.stream.IntStream;

/** Makes rows that resemble given ones. They have no labels: a teacher says what they are. */
final class Synthetic {

    private static final int MOST_CANDIDATES = 4096;
    private static final double SHARE_OF_COLUMNS = 0.5;

    private final float[][] rows;
    private final Random random;

    private Synthetic(Split source, int times, long seed) {
        if (source.text(0).isPresent() || times < 1) {
            throw new IllegalArgumentException("%d times as many rows as there are in %s: it makes rows of numbers, not texts, and at least once as many"
                    .formatted(times, source.name()));
        }
        rows = IntStream.range(0, source.size()).mapToObj(i -> source.features(i, i + 1)).toArray(float[][]::new);
        random = new Random(seed);
    }

    /** Each row mixed with another one, in a proportion that is drawn evenly. */
    static float[] mixup(Split source, int times, long seed) {
        Synthetic made = new Synthetic(source, times, seed);
        return made.make(times, made::mixed);
    }

    /** Each row, half of whose columns are moved towards its nearest neighbour. */
    static float[] munge(Split source, int times, long seed) {
        if (source.rowShape().dimension() > 1) {
            throw new IllegalArgumentException("munge moves columns of a table, but rows of %s are images of %s; use mixup"
                    .formatted(source.name(), source.rowShape()));
        }
        Synthetic made = new Synthetic(source, times, seed);
        int[] neighbours = made.neighbours();
        boolean[] flags = made.flags();
        return made.make(times, i -> made.moved(made.rows[i], made.rows[neighbours[i]], flags));
    }

    private interface Maker {
        float[] make(int row);
    }

    private float[] make(int times, Maker maker) {
        int width = rows[0].length;
        float[] made = new float[Math.multiplyExact(Math.multiplyExact(times, rows.length), width)];
        for (int i = 0; i < times * rows.length; i++) {
            System.arraycopy(maker.make(i % rows.length), 0, made, i * width, width);
        }
        return made;
    }

    private float[] mixed(int i) {
        float[] other = rows[random.nextInt(rows.length)];
        float share = random.nextFloat();
        float[] mixed = new float[other.length];
        for (int column = 0; column < mixed.length; column++) {
            mixed[column] = share * rows[i][column] + (1 - share) * other[column];
        }
        return mixed;
    }

    private float[] moved(float[] row, float[] neighbour, boolean[] flags) {
        float[] moved = row.clone();
        for (int column = 0; column < moved.length; column++) {
            if (random.nextDouble() < SHARE_OF_COLUMNS) {
                float spread = flags[column] ? 0 : Math.abs(row[column] - neighbour[column]);
                moved[column] = neighbour[column] + spread * (float) random.nextGaussian();
            }
        }
        return moved;
    }

    /** The nearest other row in standardized columns; among so many drawn ones where there are more. */
    private int[] neighbours() {
        double[] scale = scale();
        int[] candidates = random.ints(0, rows.length).distinct().limit(Math.min(rows.length, MOST_CANDIDATES)).toArray();
        return IntStream.range(0, rows.length).parallel().map(i -> nearest(i, candidates, scale)).toArray();
    }

    private int nearest(int row, int[] candidates, double[] scale) {
        int nearest = row;
        double least = Double.POSITIVE_INFINITY;
        for (int candidate : candidates) {
            double distance = 0;
            for (int column = 0; column < scale.length && distance < least; column++) {
                double difference = (rows[row][column] - rows[candidate][column]) * scale[column];
                distance += difference * difference;
            }
            if (candidate != row && distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** One over the deviation of each column; 0 for a constant one. */
    private double[] scale() {
        return IntStream.range(0, rows[0].length).mapToDouble(column -> {
            double mean = IntStream.range(0, rows.length).mapToDouble(i -> rows[i][column]).average().orElseThrow();
            double variance = IntStream.range(0, rows.length).mapToDouble(i -> Math.pow(rows[i][column] - mean, 2)).average().orElseThrow();
            return variance == 0 ? 0 : 1 / Math.sqrt(variance);
        }).toArray();
    }

    /** Columns of zeros and ones, where a value between would mean nothing. */
    private boolean[] flags() {
        boolean[] flags = new boolean[rows[0].length];
        for (int column = 0; column < flags.length; column++) {
            int each = column;
            flags[column] = IntStream.range(0, rows.length).allMatch(i -> rows[i][each] == 0 || rows[i][each] == 1);
        }
        return flags;
    }
}
