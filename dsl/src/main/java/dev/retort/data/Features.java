package dev.retort.data;

import ai.djl.ndarray.types.Shape;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The feature values of all rows of a data set, each kind kept in its smallest form and widened on access. */
sealed interface Features {

    /** Writes the values of a row into an array, from an offset on. */
    void copy(int row, float[] into, int offset);

    /** Writes all values; different values give different bytes. */
    void write(DataOutput out) throws IOException;

    /** Unsigned bytes, row after row. */
    record Bytes(byte[] values, int width) implements Features {

        @Override
        public void copy(int row, float[] into, int offset) {
            int start = row * width;
            for (int column = 0; column < width; column++) {
                into[offset + column] = values[start + column] & 0xff;
            }
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.write(values);
        }
    }

    /** Any numbers, row after row. */
    record Floats(float[] values, int width) implements Features {

        @Override
        public void copy(int row, float[] into, int offset) {
            System.arraycopy(values, row * width, into, offset, width);
        }

        @Override
        public void write(DataOutput out) throws IOException {
            for (float value : values) {
                out.writeFloat(value);
            }
        }
    }

    /** Ones among zeros: of each row the columns that are 1. */
    record Flags(int[][] columns, int width) implements Features {

        @Override
        public void copy(int row, float[] into, int offset) {
            Arrays.fill(into, offset, offset + width, 0);
            for (int column : columns[row]) {
                into[offset + column] = 1;
            }
        }

        @Override
        public void write(DataOutput out) throws IOException {
            for (int[] row : columns) {
                out.writeInt(row.length);
                for (int column : row) {
                    out.writeInt(column);
                }
            }
        }
    }

    /** Rows, and more rows after them. */
    record Joined(Features first, int rows, Features more) implements Features {

        @Override
        public void copy(int row, float[] into, int offset) {
            if (row < rows) {
                first.copy(row, into, offset);
            } else {
                more.copy(row - rows, into, offset);
            }
        }

        @Override
        public void write(DataOutput out) throws IOException {
            first.write(out);
            more.write(out);
        }
    }

    /** Images, each seen through views that are drawn for it by seed, epoch and row. */
    record Seen(Features images, Shape shape, List<View> views, long seed, int epoch) implements Features {

        @Override
        public void copy(int row, float[] into, int offset) {
            float[] image = new float[(int) shape.size()];
            images.copy(row, image, 0);
            SplittableRandom random = new SplittableRandom((seed * 1_000_003 + epoch) * 1_000_003 + row);
            for (View view : views) {
                image = view.of(image, shape, random);
            }
            System.arraycopy(image, 0, into, offset, image.length);
        }

        @Override
        public void write(DataOutput out) {
            throw new UnsupportedOperationException("a passing view has no fingerprint");
        }
    }
}
