package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Map;

/**
 * What a loss sees of one batch.
 *
 * @param student       the student's logits, rows × classes
 * @param teacher       the teacher's logits of the same rows, rows × classes; null where no term needs a teacher
 * @param labels        the class indices, rows, INT64
 * @param rows          the places of these rows in the training set, rows, INT64
 * @param studentLayers what came out of the student's inner layers that the loss needs, rows × …, by name
 * @param teacherLayers likewise of the teacher
 * @param progress      how much of the run is done, from 0 to 1
 */
public record Batch(
        NDArray student, NDArray teacher, NDArray labels, NDArray rows,
        Map<String, NDArray> studentLayers, Map<String, NDArray> teacherLayers, double progress) {
    /**
     * A constant to calculate with, which lives as long as the batch. A loss uses it wherever a gradient flows: DJL's
     * {@code mul(Number)} and {@code div(Number)} free their operand at once, the gradient reads it later, and what it
     * reads after a garbage collection is arbitrary. They also turn a FLOAT32 scalar into FLOAT64.
     */
    public NDArray constant(double value) {
        return student.getManager().create(value).toType(student.getDataType(), false);
    }

    /** Logits and labels alone: the first rows of a run without layers. */
    static Batch of(NDArray student, NDArray teacher, NDArray labels) {
        NDArray rows = student.getManager().arange(0, (int) student.getShape().get(0), 1, DataType.INT64);
        return new Batch(student, teacher, labels, rows, Map.of(), Map.of(), 0);
    }

    static Batch of(NDManager manager, double[][] student, double[][] teacher, int[] labels) {
        return of(manager.create(student),
                teacher == null ? null : manager.create(teacher),
                labels == null ? null : manager.create(labels).toType(DataType.INT64, false));
    }
}
