package dev.retort.data;

import ai.djl.ndarray.types.Shape;

/**
 * What came out of an inner layer of a model for some rows.
 *
 * @param values rows × the numbers of one row, row-major
 * @param shape  of one row: (width), or (channels, height, width)
 */
public record Layer(float[] values, Shape shape) {
}
