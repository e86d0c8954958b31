package dev.retort.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.Arrays;

/** A network of the user's own. */
record CustomBlock(String name, BlockSource source) implements NetBlueprint {
    @Override
    public Block block(Shape rowShape, int classes) {
        Block block = fresh();
        Shape[] out = block.getOutputShapes(new Shape[] {new Shape(1).addAll(rowShape)});
        if (out.length != 1 || !out[0].equals(new Shape(1, classes))) {
            throw new IllegalArgumentException(this + " turns rows of shape " + rowShape + " into "
                    + Arrays.toString(out) + " (for a batch of 1), but " + classes
                    + " classes need (1, " + classes + "): end it with a Linear of " + classes + " units");
        }
        return block;
    }

    private Block fresh() {
        try {
            return source.get();
        } catch (Exception e) {
            throw new IllegalArgumentException(this + " could not be made: " + e, e);
        }
    }

    @Override
    public String toString() {
        return "block(\"" + name + "\")";
    }
}
