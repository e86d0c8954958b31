package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Brings the student's channels to the teacher's number of them, where the two differ: a learned linear map of rows of
 * numbers, a 1×1 convolution of maps. It learns with the student and is thrown away.
 */
final class Regressor {
    private static final String WEIGHT = "regressor's weight";
    private static final String BIAS = "regressor's bias";

    private Regressor() {
    }

    static boolean suits(Shape shape) {
        return shape.dimension() == 1 || shape.dimension() == 3;
    }

    static final String SUITED = "rows of numbers (width) or maps (channels, height, width)";

    static String mismatch(Shape student, Shape teacher) {
        return student.dimension() == teacher.dimension() ? null
                : "no regressor leads from the one to the other; name two convolutions, or two dense layers";
    }

    static List<Part> parts(Shape student, Shape teacher) {
        long from = student.get(0);
        long to = teacher.get(0);
        Part weight = Part.weights(WEIGHT, to, from);
        return from == to ? List.of() : List.of(weight, new Part(BIAS, new Shape(to, 1), weight.low(), weight.high(), true));
    }

    /** The student's channels, rows × the teacher's channels × positions. */
    static NDArray of(LayerPair channels) {
        NDArray student = channels.student();
        NDArray weight = channels.part(WEIGHT);
        if (weight != null) {
            return weight.matMul(student).add(channels.part(BIAS));
        }
        long from = student.getShape().get(1);
        long to = channels.teacher().getShape().get(1);
        Numbers.require(from == to, channels.owner() + " needs a regressor between the student's width " + from + " and the teacher's "
                + to + ", which is learned in a run; here the widths must be equal");
        return student;
    }
}
