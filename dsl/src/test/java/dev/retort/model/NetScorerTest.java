package dev.retort.model;

import static dev.retort.Retort.block;
import static dev.retort.Retort.cnn;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArrays;
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
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import dev.retort.data.Answer;
import dev.retort.data.Split;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever runs a network, it says what PyTorch would say. */
class NetScorerTest {
    private static final Split ROWS = dataset("digits").train().take(200);

    static Stream<Blueprint> networks() {
        return Stream.of(mlp(16, 8), cnn(4, 8), block("normed", NetScorerTest::normed), block("curved", NetScorerTest::curved),
                block("lines", NetScorerTest::lines), block("branching", NetScorerTest::branching));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aNetworkSaysWhatPyTorchSays(Blueprint blueprint) {
        Classifier classifier = blueprint.fit(ROWS, epochs(2).seed(1));
        Set<String> layers = Set.of("layer.2", "layer.3");
        try (NetScorer scorer = (NetScorer) classifier.open(Device.cpu())) {
            Answer expected = scorer.ofNetwork(ROWS, 50, 97, layers);
            Answer answer = scorer.answer(ROWS, 50, 97, layers);
            assertThat(answer.logits()).containsExactly(expected.logits(), within(1e-4f));
            assertThat(answer.layers()).containsOnlyKeys(layers);
            answer.layers().forEach((name, layer) -> {
                assertThat(layer.shape()).isEqualTo(expected.layers().get(name).shape());
                assertThat(layer.values()).containsExactly(expected.layers().get(name).values(), within(1e-4f));
            });
            assertThat(scorer.logits(ROWS, 50, 97)).isEqualTo(answer.logits());
        }
    }

    private static SequentialBlock normed() {
        return new SequentialBlock()
                .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).optPadding(new Shape(1, 1)).optStride(new Shape(2, 2)).setFilters(4).build())
                .add(BatchNorm.builder().build()).add(Activation::relu)
                .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2), new Shape(1, 1)))
                .add(Blocks.batchFlattenBlock()).add(Dropout.builder().build())
                .add(Linear.builder().setUnits(10).build());
    }

    /** With an activation that ONNX Runtime is not asked to do. */
    private static SequentialBlock curved() {
        return new SequentialBlock().add(Blocks.batchFlattenBlock(64))
                .add(Linear.builder().setUnits(8).build()).add(Activation::softPlus)
                .add(Linear.builder().setUnits(10).build());
    }

    /** With a dense layer over each line of an image. */
    private static SequentialBlock lines() {
        return new SequentialBlock().add(Linear.builder().setUnits(8).build()).add(Activation::relu).add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    /** With the maps of two convolutions beside each other. */
    private static SequentialBlock branching() {
        return new SequentialBlock()
                .add(new ParallelBlock(
                        maps -> new NDList(NDArrays.concat(new NDList(maps.get(0).get(0), maps.get(1).get(0)), 1)), List.of(square(3), square(1))))
                .add(Activation::relu).add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    private static Block square(int size) {
        return Conv2d.builder().setKernelShape(new Shape(size, size)).optPadding(new Shape(size / 2, size / 2)).setFilters(2).build();
    }
}
