package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a loss sees of one batch.
 *
 * @param student       the student's logits, rows × classes
 * @param teacher       the teacher's logits of the same rows, rows × classes; null where no term needs a teacher
 * @param labels        the class indices, rows, INT64
 * @param rows          the places of these rows in the training set, rows, INT64
 * @param studentLayers what came out of the student's inner layers that the loss needs, rows × …, by name
 * @param teacherLayers likewise of the teacher
 * @param parts         the loss's {@link Loss#parts}, by name, owned like the rows
 * @param now           where the run is
 */
public record Batch(
        NDArray student, NDArray teacher, NDArray labels, NDArray rows,
        Map<String, NDArray> studentLayers, Map<String, NDArray> teacherLayers, Map<String, NDArray> parts, Moment now) {
    /**
     * A constant to calculate with, which lives as long as the batch. A loss uses it wherever a gradient flows: DJL's
     * {@code mul(Number)} and {@code div(Number)} free their operand at once, the gradient reads it later, and what it
     * reads after a garbage collection is arbitrary. They also turn a FLOAT32 scalar into FLOAT64.
     */
    public NDArray constant(double value) {
        return Measures.constant(student == null ? studentLayers.values().iterator().next() : student, value);
    }

    /** Logits and labels alone: the first rows of a run without layers. */
    static Batch of(NDArray student, NDArray teacher, NDArray labels) {
        return new Batch(student, teacher, labels, places(student), Map.of(), Map.of(), Map.of(), Moment.START);
    }

    static Batch of(NDManager manager, double[][] student, double[][] teacher, int[] labels) {
        requireRows(student.length, teacher == null ? student.length : teacher.length, "the teacher's rows");
        requireRows(student.length, labels == null ? student.length : labels.length, "the labels");
        return of(manager.create(student),
                teacher == null ? null : manager.create(teacher),
                labels == null ? null : manager.create(labels).toType(DataType.INT64, false));
    }

    /** The same features for all layers that are needed, and nothing learned yet. */
    static Batch ofFeatures(NDManager manager, double[][] student, double[][] teacher, Needs needs) {
        requireRows(student.length, teacher.length, "the teacher's rows");
        NDArray rows = manager.create(student);
        return new Batch(null, null, null, places(rows), same(rows, needs.studentLayers()),
                same(manager.create(teacher), needs.teacherLayers()), Map.of(), Moment.START);
    }

    private static void requireRows(int student, int other, String whose) {
        Numbers.require(student == other, "the student's rows are " + student + ", but " + whose + " are " + other + "; they must be as many");
    }

    private static Map<String, NDArray> same(NDArray features, Set<String> layers) {
        return layers.stream().collect(Collectors.toMap(Function.identity(), layer -> features));
    }

    private static NDArray places(NDArray rows) {
        return rows.getManager().arange(0, (int) rows.getShape().get(0), 1, DataType.INT64);
    }
}
