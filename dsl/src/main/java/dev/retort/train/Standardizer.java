package dev.retort.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Split;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * Shifts and scales a network's inputs to mean 0 and deviation 1, with figures of its own training rows. It belongs to
 * the classifier and is saved with it, so that rows are treated alike wherever the classifier goes.
 *
 * <p>Pixels and words are of one kind and share one mean and deviation; the columns of a table have their own.
 *
 * @param mean      one figure, or one a column
 * @param deviation likewise; a constant column has 1
 */
public record Standardizer(float[] mean, float[] deviation) {
    /** Leaves the inputs as they are. */
    public static final Standardizer NONE = new Standardizer(new float[] {0}, new float[] {1});

    private static final int CHUNK = 4096;

    /**
     * The figures of these rows.
     *
     * @throws CancellationException when the thread is interrupted; it stays interrupted
     */
    public static Standardizer of(Split rows) {
        int width = rows.width();
        boolean oneKind = rows.rowShape().dimension() > 1 || rows.text(0).isPresent();
        int figures = oneKind ? 1 : width;
        double[] sum = new double[figures];
        double[] squares = new double[figures];
        float[] row = new float[width];
        for (int i = 0; i < rows.size(); i++) {
            stopIfInterrupted(rows, i);
            rows.features(i, row, 0);
            for (int j = 0; j < width; j++) {
                sum[oneKind ? 0 : j] += row[j];
                squares[oneKind ? 0 : j] += (double) row[j] * row[j];
            }
        }
        double count = (double) rows.size() * width / figures;
        float[] mean = new float[figures];
        float[] deviation = new float[figures];
        for (int j = 0; j < figures; j++) {
            double average = sum[j] / count;
            double variance = Math.max(0, squares[j] / count - average * average);
            mean[j] = (float) average;
            deviation[j] = variance < 1e-12 ? 1 : (float) Math.sqrt(variance);
        }
        return new Standardizer(mean, deviation);
    }

    /**
     * All rows of a split as one tensor, rows × width, standardized, on the manager's device.
     *
     * @throws CancellationException when the thread is interrupted; it stays interrupted
     */
    public NDArray upload(NDManager manager, Split rows) {
        NDArray tensor = manager.create(new Shape(rows.size(), rows.width()), DataType.FLOAT32);
        for (int from = 0; from < rows.size(); from += CHUNK) {
            stopIfInterrupted(rows, from);
            int to = Math.min(rows.size(), from + CHUNK);
            try (NDManager scope = manager.newSubManager()) {
                tensor.set(new NDIndex().addSliceDim(from, to), upload(scope, rows, from, to));
            }
        }
        return tensor;
    }

    /** Some rows of a split as one tensor, rows × width, standardized, on the manager's device. */
    public NDArray upload(NDManager manager, Split rows, int from, int to) {
        NDArray raw = manager.create(rows.features(from, to), new Shape(to - from, rows.width()));
        return raw.sub(manager.create(mean)).divi(manager.create(deviation));
    }

    /** Some rows of a split, row-major, standardized. */
    public float[] apply(Split rows, int from, int to) {
        float[] values = rows.features(from, to);
        int figures = mean.length == 1 ? values.length : mean.length; // One figure is that of all numbers.
        for (int start = 0; start < values.length; start += figures) {
            for (int j = 0; j < figures; j++) {
                int figure = mean.length == 1 ? 0 : j;
                values[start + j] = (values[start + j] - mean[figure]) / deviation[figure];
            }
        }
        return values;
    }

    private static void stopIfInterrupted(Split rows, int done) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while " + rows.name() + " was prepared, after " + done + " of "
                    + rows.size() + " rows");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Standardizer that
                && Arrays.equals(mean, that.mean) && Arrays.equals(deviation, that.deviation);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
    }
}
