package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * An equation between what comes out of a layer of the student and out of one of the teacher; a {@link LayerLoss} says
 * which layers. {@code toString()} is how it is written in the language, without layers: {@code rkdDistance()}.
 */
public interface LayerTerm {
    /**
     * The loss of one batch.
     *
     * @return a scalar, differentiable in the student's layer and in the parts
     */
    NDArray of(LayerPair layers);

    /** The equation, in LaTeX; F stands for what comes out of a layer. */
    String latex();

    /** Whether it can look at a layer with this shape of a row. */
    default boolean suits(Shape shape) {
        return true;
    }

    /** What it can look at, for messages. */
    default String suited() {
        return "any layer";
    }

    /** Whether it can compare layers of these shapes, both of which suit; otherwise what would have to hold, for messages. */
    default String mismatch(Shape student, Shape teacher) {
        return null;
    }

    /** What it keeps during a run between layers of these shapes. */
    default List<Part> parts(Shape student, Shape teacher, long rows) {
        return List.of();
    }
}
