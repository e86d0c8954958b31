package dev.retort.cache;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The largest logits of a row, exactly, and for all the others one number: the logit at which together they have the
 * probability that they had (at temperature 1), spread evenly.
 *
 * @param indices the classes of the largest, the largest first
 * @param logits  theirs
 * @param rest    the logit of each other class
 */
record Largest(int[] indices, float[] logits, float rest) {
    static Largest of(float[] row, int from, int width, int count) {
        int[] indices = new int[count];
        float[] logits = new float[count];
        int found = 0;
        for (int i = 0; i < width; i++) {
            float logit = row[from + i];
            if (found < count || logit > logits[count - 1]) {
                int at = Math.min(found, count - 1);
                for (; at > 0 && logits[at - 1] < logit; at--) {
                    logits[at] = logits[at - 1];
                    indices[at] = indices[at - 1];
                }
                logits[at] = logit;
                indices[at] = i;
                found = Math.min(found + 1, count);
            }
        }
        return new Largest(indices, logits, evenly(row, from, indices, width));
    }

    private static float evenly(float[] row, int from, int[] chosen, int width) {
        float[] others = Arrays.copyOfRange(row, from, from + width);
        for (int i : chosen) {
            others[i] = Float.NEGATIVE_INFINITY;
        }
        float highest = Float.NEGATIVE_INFINITY;
        for (float logit : others) {
            highest = Math.max(highest, logit);
        }
        if (highest == Float.NEGATIVE_INFINITY) {
            return highest;
        }
        double sum = 0;
        for (float logit : others) {
            sum += Math.exp(logit - highest);
        }
        return (float) (highest + Math.log(sum / (width - chosen.length)));
    }

    void write(ByteBuffer bytes) {
        for (int i = 0; i < indices.length; i++) {
            bytes.putInt(indices[i]).putFloat(logits[i]);
        }
        bytes.putFloat(rest);
    }

    static void read(ByteBuffer bytes, int count, float[] into, int offset, int width) {
        float rest = bytes.getFloat(bytes.limit() - Float.BYTES);
        Arrays.fill(into, offset, offset + width, rest);
        for (int i = 0; i < count; i++) {
            into[offset + bytes.getInt()] = bytes.getFloat();
        }
    }
}
