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
    static Batch of(NDManager manager, double[][] student, double[][] teacher, int[] labels) {
        return new Batch(
                manager.create(student),
                teacher == null ? null : manager.create(teacher),
                labels == null ? null : manager.create(labels).toType(DataType.INT64, false));
    }
}
