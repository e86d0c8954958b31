package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * What a {@link LayerTerm} sees of one batch.
 *
 * @param student what came out of the student's layer, rows × …
 * @param teacher likewise of the teacher's
 * @param batch   the batch
 * @param owner   whose parts it finds in the batch
 */
public record LayerPair(NDArray student, NDArray teacher, Batch batch, String owner) {
    /** See {@link Batch#constant}. */
    NDArray constant(double value) {
        return batch.constant(value);
    }

    /** A part of the term; null where nothing was learned yet. */
    NDArray part(String name) {
        return batch.parts().get(partName(owner, name));
    }

    /** One row of numbers for each row of the batch. */
    LayerPair flat() {
        return with(Measures.flat(student), Measures.flat(teacher));
    }

    /**
     * As maps, rows × channels × height × width, of the same height and width: where they differ, the larger is averaged
     * down to the smaller (adaptive average pooling). A row of numbers is one map of height 1.
     */
    LayerPair maps() {
        NDArray ofStudent = Maps.of(student);
        NDArray ofTeacher = Maps.of(teacher);
        long height = Math.min(ofStudent.getShape().get(2), ofTeacher.getShape().get(2));
        long width = Math.min(ofStudent.getShape().get(3), ofTeacher.getShape().get(3));
        return with(Maps.averaged(ofStudent, height, width), Maps.averaged(ofTeacher, height, width));
    }

    /** As channels, rows × channels × positions, with as many positions: maps, or rows of numbers of one position each. */
    LayerPair channels() {
        if (student.getShape().dimension() == 4) {
            LayerPair maps = maps();
            return with(maps.student.flatten(2, 3), maps.teacher.flatten(2, 3));
        }
        return with(student.expandDims(2), teacher.expandDims(2));
    }

    private LayerPair with(NDArray newStudent, NDArray newTeacher) {
        return new LayerPair(newStudent, newTeacher, batch, owner);
    }

    static String partName(String owner, String name) {
        return owner + ": " + name;
    }

    /** How a shape of a row reads in messages. */
    static String text(Shape shape) {
        return (shape.dimension() == 3 ? "maps of " : "rows of ") + shape;
    }
}
