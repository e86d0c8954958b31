package dev.retort.train;

/** Plain arithmetic on logits, rows × classes, row-major. */
public final class Logits {
    private static final double LEAST_PROBABILITY = 1e-7;

    private Logits() {
    }

    /** The class with the highest logit, for each row; the first one on a tie. */
    public static int[] predicted(float[] logits, int classes) {
        int[] predicted = new int[logits.length / classes];
        for (int row = 0; row < predicted.length; row++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (logits[row * classes + c] > logits[row * classes + best]) {
                    best = c;
                }
            }
            predicted[row] = best;
        }
        return predicted;
    }

    /**
     * What stands for the logits of a model that says probabilities: their logarithms. A probability of 0 counts as 10⁻⁷, so
     * that they are finite.
     */
    public static float[] ofProbabilities(double[] probabilities) {
        float[] logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) Math.log(Math.max(probabilities[i], LEAST_PROBABILITY));
        }
        return logits;
    }

    /** Rounded to what a classifier answers with. */
    public static float[] ofDoubles(double[] logits) {
        float[] rounded = new float[logits.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) logits[i];
        }
        return rounded;
    }

    /** {@code softmax(logits / temperature)} of each row. */
    public static double[] probabilities(float[] logits, int classes, double temperature) {
        double[] probabilities = new double[logits.length];
        for (int row = 0; row < logits.length; row += classes) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                highest = Math.max(highest, logits[row + c]);
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                probabilities[row + c] = Math.exp((logits[row + c] - highest) / temperature);
                sum += probabilities[row + c];
            }
            for (int c = 0; c < classes; c++) {
                probabilities[row + c] /= sum;
            }
        }
        return probabilities;
    }

    /** The share of entries that are as expected, from 0 to 1; those where nothing (a negative number) is expected do not count. */
    public static double agreement(int[] entries, int[] expected) {
        int same = 0;
        int counted = 0;
        for (int i = 0; i < entries.length; i++) {
            counted += expected[i] >= 0 ? 1 : 0;
            same += expected[i] >= 0 && entries[i] == expected[i] ? 1 : 0;
        }
        return same / (double) counted;
    }
}
