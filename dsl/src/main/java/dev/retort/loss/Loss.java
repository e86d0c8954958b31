package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.retort.device.Torch;

/**
 * A differentiable loss over a batch of logits. Terms add and scale:
 * {@code softTargets(4).times(0.9).plus(hardLabels().times(0.1))}.
 *
 * <p>Every term is a mean over the rows of the batch, and every term has a weight of its own: there is no
 * shared α whose meaning differs from tool to tool.
 */
public interface Loss {
    /**
     * The loss of one batch.
     *
     * @return a scalar, differentiable in the student's logits
     */
    NDArray of(Batch batch);

    /** What must be known of a row. */
    Needs needs();

    /** The sum of the terms' weights; 1 for a term alone. */
    double weight();

    /** The equation, in LaTeX. */
    String latex();

    /** How the term is written in the language, such as {@code softTargets(4).times(0.9)}. */
    @Override
    String toString();

    /**
     * This loss with its weight multiplied.
     *
     * @throws IllegalArgumentException when the weight is negative or not finite
     */
    default Loss times(double weight) {
        return new Weighted(this, weight);
    }

    /** The sum of this loss and another. */
    default Loss plus(Loss other) {
        return new Sum(this, other);
    }

    /**
     * The loss of given logits, in double precision; for looking at a term by itself.
     *
     * @param studentLogits rows × classes
     * @param teacherLogits rows × classes; not read by terms that need no teacher, and may then be null
     * @param labels        the class index of each row; not read by terms that need no labels, and may then be null
     */
    default double value(double[][] studentLogits, double[][] teacherLogits, int[] labels) {
        try (NDManager manager = Torch.manager()) {
            return of(Batch.of(manager, studentLogits, teacherLogits, labels)).getDouble();
        }
    }
}
