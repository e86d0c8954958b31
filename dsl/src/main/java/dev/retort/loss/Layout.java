package dev.retort.loss;

import ai.djl.ndarray.types.Shape;
import java.util.Map;

/**
 * What a student and its teacher look like.
 *
 * @param rows    how many rows the student learns from
 * @param student the shapes of its layers, of one row, from the first to the last, which is the output
 * @param teacher likewise
 */
public record Layout(long rows, Map<String, Shape> student, Map<String, Shape> teacher) {
}
