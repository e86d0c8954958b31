package dev.retort.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import dev.retort.device.Torch;
import org.junit.jupiter.api.Test;

class WorkTest {
    private static final long DENSE = 16 * 8 + 8;

    @Test
    void eachWeightOfADenseLayerCountsOnce() {
        assertThat(multiplications(dense(), new Shape(16))).isEqualTo(DENSE);
    }

    @Test
    void eachWeightOfAConvolutionCountsForEachPixel() {
        Block net = new SequentialBlock().add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(2).optBias(false).build());
        assertThat(multiplications(net, new Shape(1, 10, 10))).isEqualTo(8 * 8 * 2 * 9);
    }

    @Test
    void netsThatLearnTogetherAddUp() {
        Block peers = new Peers().add(dense()).add(dense());
        assertThat(multiplications(peers, new Shape(16))).isEqualTo(2 * DENSE);
    }

    private static Block dense() {
        return new SequentialBlock().add(Blocks.batchFlattenBlock()).add(Linear.builder().setUnits(8).build());
    }

    private static long multiplications(Block net, Shape rowShape) {
        try (NDManager manager = Torch.manager()) {
            net.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(rowShape));
            return Work.multiplications(net, rowShape);
        }
    }
}
