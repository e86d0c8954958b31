package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Rows × channels × height × width. */
final class Maps {
    /** What terms on maps can look at, for messages. */
    static final String SUITED = "maps (channels, height, width), such as a convolution's";

    private Maps() {
    }

    /** Whether a row of this shape is a map. */
    static boolean suits(Shape shape) {
        return shape.dimension() == 3;
    }

    /** Rows of numbers as maps of one channel and height 1; maps as they are. */
    static NDArray of(NDArray x) {
        return x.getShape().dimension() == 4 ? x : Measures.flat(x).expandDims(1).expandDims(1);
    }

    /** Adaptive average pooling to a height and width. */
    static NDArray averaged(NDArray maps, long height, long width) {
        NDArray narrow = averagedRows(maps, width);
        Shape shape = narrow.getShape();
        return shape.get(2) == height ? narrow : averagedRows(narrow.transpose(0, 1, 3, 2), height).transpose(0, 1, 3, 2);
    }

    private static NDArray averagedRows(NDArray maps, long bins) {
        int length = (int) maps.getShape().get(3);
        return length == bins ? maps : maps.matMul(averages(maps, length, (int) bins));
    }

    /** The matrix that turns a row into its means over bins, which overlap where the length is no multiple of their number. */
    private static NDArray averages(NDArray like, int length, int bins) {
        double[] matrix = new double[length * bins];
        for (int bin = 0; bin < bins; bin++) {
            int from = bin * length / bins;
            int to = ((bin + 1) * length + bins - 1) / bins;
            for (int i = from; i < to; i++) {
                matrix[i * bins + bin] = 1.0 / (to - from);
            }
        }
        return like.getManager().create(matrix, new Shape(length, bins)).toType(like.getDataType(), false);
    }
}
