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
        int found = 0;
        for (int i = 0; i < width; i++) {
            if (found < count || row[from + i] > row[from + indices[count - 1]]) {
                int at = Math.min(found, count - 1);
                for (; at > 0 && row[from + indices[at - 1]] < row[from + i]; at--) {
                    indices[at] = indices[at - 1];
                }
                indices[at] = i;
                found = Math.min(found + 1, count);
            }
        }
        float[] logits = new float[count];
        boolean[] chosen = new boolean[width];
        for (int i = 0; i < count; i++) {
            logits[i] = row[from + indices[i]];
            chosen[indices[i]] = true;
        }
        return new Largest(indices, logits, evenly(row, from, chosen, width - count));
    }

    private static float evenly(float[] row, int from, boolean[] chosen, int others) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < chosen.length; i++) {
            highest = chosen[i] ? highest : Math.max(highest, row[from + i]);
        }
        if (highest == Double.NEGATIVE_INFINITY) {
            return Float.NEGATIVE_INFINITY;
        }
        double sum = 0;
        for (int i = 0; i < chosen.length; i++) {
            sum += chosen[i] ? 0 : Math.exp(row[from + i] - highest);
        }
        return (float) (highest + Math.log(sum / others));
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
