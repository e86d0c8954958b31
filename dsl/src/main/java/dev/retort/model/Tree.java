package dev.retort.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A decision tree as plain arrays: Tribuo's own trees keep an object for each class of each leaf, a hundred times as much.
 *
 * <p>Node i either splits its rows: those whose {@code column[i]} is above {@code threshold[i]} go on to node {@code next[i]},
 * the others to node i + 1. Or it is a leaf, and {@code column[i]} is the complement of how many entries of {@code classes} and
 * {@code values}, from {@code next[i]} on, it adds to what is said of a row.
 */
record Tree(int[] column, float[] threshold, int[] next, int[] classes, float[] values) {
    int nodes() {
        return column.length;
    }

    /** Adds what it says of the row that begins at an offset to the sums of its classes. */
    void answer(float[] rows, int offset, double[] sums, int sumsOffset) {
        int node = 0;
        while (column[node] >= 0) {
            node = rows[offset + column[node]] > threshold[node] ? next[node] : node + 1;
        }
        int end = next[node] + ~column[node];
        for (int i = next[node]; i < end; i++) {
            sums[sumsOffset + classes[i]] += values[i];
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(column.length);
        for (int i = 0; i < column.length; i++) {
            out.writeInt(column[i]);
            out.writeFloat(threshold[i]);
            out.writeInt(next[i]);
        }
        out.writeInt(classes.length);
        for (int i = 0; i < classes.length; i++) {
            out.writeInt(classes[i]);
            out.writeFloat(values[i]);
        }
    }

    static Tree read(DataInput in) throws IOException {
        int nodes = in.readInt();
        int[] column = new int[nodes];
        float[] threshold = new float[nodes];
        int[] next = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            column[i] = in.readInt();
            threshold[i] = in.readFloat();
            next[i] = in.readInt();
        }
        int entries = in.readInt();
        int[] classes = new int[entries];
        float[] values = new float[entries];
        for (int i = 0; i < entries; i++) {
            classes[i] = in.readInt();
            values[i] = in.readFloat();
        }
        return new Tree(column, threshold, next, classes, values);
    }

    /** Takes the nodes of a tree in their order: each split, then all that is not above it, then all that is. */
    static final class Builder {
        private record Node(int column, float threshold, int next) {
        }

        private final List<Node> nodes = new ArrayList<>();
        private final List<Integer> classes = new ArrayList<>();
        private final List<Float> values = new ArrayList<>();

        /**
         * Adds a split and all below it.
         *
         * @param threshold rounded down to a float, so that it parts the same floats
         */
        void split(int column, double threshold, Runnable notAbove, Runnable above) {
            int place = nodes.size();
            nodes.add(null);
            notAbove.run();
            nodes.set(place, new Node(column, roundedDown(threshold), nodes.size()));
            above.run();
        }

        /** Adds a leaf and what it says of each class; a class of which it says 0 takes no space. */
        void leaf(double[] ofClass) {
            int first = classes.size();
            for (int c = 0; c < ofClass.length; c++) {
                if (ofClass[c] != 0) {
                    classes.add(c);
                    values.add((float) ofClass[c]);
                }
            }
            nodes.add(new Node(~(classes.size() - first), 0, first));
        }

        Tree build() {
            float[] thresholds = new float[nodes.size()];
            for (int i = 0; i < thresholds.length; i++) {
                thresholds[i] = nodes.get(i).threshold();
            }
            float[] plainValues = new float[values.size()];
            for (int i = 0; i < plainValues.length; i++) {
                plainValues[i] = values.get(i);
            }
            return new Tree(nodes.stream().mapToInt(Node::column).toArray(), thresholds,
                    nodes.stream().mapToInt(Node::next).toArray(),
                    classes.stream().mapToInt(Integer::intValue).toArray(), plainValues);
        }

        private static float roundedDown(double threshold) {
            float rounded = (float) threshold;
            return rounded > threshold ? Math.nextDown(rounded) : rounded;
        }
    }
}
