package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * What a loss sees of one batch.
 *
 * @param student the student's logits, rows × classes
 * @param teacher the teacher's logits of the same rows, rows × classes; null where no term needs a teacher
 * @param labels  the class indices, rows, INT64
 */
public record Batch(NDArray student, NDArray teacher, NDArray labels) {
    /**
     * A constant to calculate with, which lives as long as the batch. A loss uses it wherever a gradient flows: DJL's
     * {@code mul(Number)} and {@code div(Number)} free their operand at once, the gradient reads it later, and what it
     * reads after a garbage collection is arbitrary. They also turn a FLOAT32 scalar into FLOAT64.
     */
    public NDArray constant(double value) {
        return student.getManager().create(value).toType(student.getDataType(), false);
    }

    static Batch of(NDManager manager, double[][] student, double[][] teacher, int[] labels) {
        return new Batch(
                manager.create(student),
                teacher == null ? null : manager.create(teacher),
                labels == null ? null : manager.create(labels).toType(DataType.INT64, false));
    }
}
