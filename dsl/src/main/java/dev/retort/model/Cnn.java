package dev.retort.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import dev.retort.data.Split;
import java.util.List;

/**
 * A convolutional network for images: for each number of channels a 3×3 convolution, ReLU and 2×2 max pooling; then a
 * dense layer of twice the last channels with ReLU, then one logit a class.
 *
 * @param channels at least one, each at least 1
 */
record Cnn(List<Integer> channels) implements NetBlueprint {
    Cnn {
        channels = Sizes.check("cnn", "number of channels", channels);
    }

    @Override
    public void check(Split rows) {
        NetBlueprint.super.check(rows);
        Sizes.checkImages(this, rows, channels.size());
    }

    @Override
    public Block block(Shape rowShape, int classes) {
        SequentialBlock net = new SequentialBlock();
        for (int filters : channels) {
            net.add(Conv2d.builder().setKernelShape(new Shape(3, 3)).optPadding(new Shape(1, 1)).setFilters(filters).build())
                    .add(Activation::relu)
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        int last = channels.get(channels.size() - 1);
        return Initial.weights(net.add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(2L * last).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(classes).build()));
    }

    @Override
    public String toString() {
        return Sizes.call("cnn", channels);
    }
}
