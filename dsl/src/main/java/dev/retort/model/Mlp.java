package dev.retort.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;

/**
 * A multi-layer perceptron: hidden layers of these widths, each followed by ReLU, then one logit a class. Rows of any
 * shape are flattened.
 *
 * @param widths at least one, each at least 1
 */
record Mlp(List<Integer> widths) implements NetBlueprint {
    Mlp {
        widths = Sizes.check("mlp", "width", widths);
    }

    @Override
    public Block block(Shape rowShape, int classes) {
        SequentialBlock net = new SequentialBlock().add(Blocks.batchFlattenBlock(rowShape.size()));
        for (int width : widths) {
            net.add(Linear.builder().setUnits(width).build()).add(Activation::relu);
        }
        return Initial.weights(net.add(Linear.builder().setUnits(classes).build()));
    }

    @Override
    public String toString() {
        return Sizes.call("mlp", widths);
    }
}
