package dev.retort.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import dev.retort.data.Split;
import java.util.List;

/**
 * A small residual network for images (He et al. 2016): a 3×3 convolution, then for each number of channels a residual unit of
 * two 3×3 convolutions beside a shortcut, then the mean over the image, then one logit a class. Every convolution is followed by
 * batch normalisation. From the second unit on each halves the image, and its shortcut is a 1×1 convolution.
 *
 * @param channels at least one, each at least 1
 */
record Resnet(List<Integer> channels) implements NetBlueprint {
    Resnet {
        channels = Sizes.check("resnet", "number of channels", channels);
    }

    @Override
    public void check(Split rows) {
        NetBlueprint.super.check(rows);
        Sizes.checkImages(this, rows, channels.size() - 1);
    }

    @Override
    public Block block(Shape rowShape, int classes) {
        SequentialBlock net = new SequentialBlock();
        convolution(net, 3, channels.get(0), 1).add(Activation::relu);
        int before = channels.get(0);
        for (int i = 0; i < channels.size(); i++) {
            net.add(unit(before, channels.get(i), i == 0 ? 1 : 2));
            before = channels.get(i);
        }
        return Initial.weights(net.add(Pool.globalAvgPool2dBlock())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(classes).build()));
    }

    private static Block unit(int before, int filters, int stride) {
        SequentialBlock residual = new SequentialBlock();
        convolution(residual, 3, filters, stride).add(Activation::relu);
        convolution(residual, 3, filters, 1);
        SequentialBlock shortcut = new SequentialBlock();
        if (before == filters && stride == 1) {
            shortcut.add(Blocks.identityBlock());
        } else {
            convolution(shortcut, 1, filters, stride);
        }
        return new ParallelBlock(
                ways -> new NDList(Activation.relu(ways.get(0).singletonOrThrow().add(ways.get(1).singletonOrThrow()))),
                List.of(residual, shortcut));
    }

    private static SequentialBlock convolution(SequentialBlock net, int size, int filters, int stride) {
        return net.add(Conv2d.builder().setKernelShape(new Shape(size, size)).optPadding(new Shape(size / 2, size / 2))
                        .optStride(new Shape(stride, stride)).setFilters(filters).optBias(false).build())
                .add(BatchNorm.builder().build());
    }

    @Override
    public String toString() {
        return Sizes.call("resnet", channels);
    }
}
