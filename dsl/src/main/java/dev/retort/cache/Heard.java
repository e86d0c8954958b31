package dev.retort.cache;

import ai.djl.ndarray.types.Shape;
import dev.retort.data.Layer;
import dev.retort.train.Said;

/** What was said and is on the heap. */
record Heard(float[] values, Shape shape) implements Said {
    static Said of(Layer layer) {
        return new Heard(layer.values(), layer.shape());
    }

    @Override
    public int rows() {
        return values.length / width();
    }

    @Override
    public void copy(int row, float[] into, int offset) {
        System.arraycopy(values, row * width(), into, offset, width());
    }
}
