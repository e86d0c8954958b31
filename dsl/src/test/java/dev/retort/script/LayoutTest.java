package dev.retort.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.retort.device.Torch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is rewritten to be faster gives the same numbers; CompiledStepTest trains with it. */
class LayoutTest {
    private static final Recording NET = new Recording(List.of(
            new Node("flat", "reshape", List.of("rows", "[-1, 12]")),
            new Node("hidden", "linear", List.of("flat", "self.parameters[0]", "self.parameters[1]")),
            new Node("active", "relu", List.of("hidden")),
            new Node("logits", "linear", List.of("active", "self.parameters[2]", "self.parameters[3]")),
            new Node("sizes", "abs", List.of("active"))), List.of("logits", "sizes"), List.of(), Map.of());

    private static Recording inBlocks(Recording recording, String weights) {
        return Layout.forProcessor(recording, node -> node.is("linear") && node.arguments().get(1).equals(weights));
    }

    private static List<String> operations(Recording recording) {
        return recording.nodes().stream().map(Node::operation).toList();
    }

    @Test
    void denseLayersAreTheSameInBlocks() {
        try (NDManager manager = Torch.manager()) {
            NDArray rows = manager.randomNormal(new Shape(7, 3, 4));
            List<NDArray> parameters = List.of(manager.randomNormal(new Shape(5, 12)), manager.randomNormal(new Shape(5)),
                    manager.randomNormal(new Shape(2, 5)), manager.randomNormal(new Shape(2)));
            Recording first = inBlocks(NET, "self.parameters[0]");
            Recording second = inBlocks(NET, "self.parameters[2]");
            assertThat(operations(first)).containsExactly("reshape", "to_mkldnn", "linear", "relu", "linear", "to_dense", "abs", "to_dense");
            assertThat(operations(second)).containsExactly("reshape", "linear", "relu", "to_mkldnn", "linear", "abs", "to_dense");
            for (int result = 0; result < 2; result++) {
                float[] expected = run(NET, result, rows, parameters);
                assertThat(run(first, result, rows, parameters)).containsExactly(expected, within(1e-5f));
                assertThat(run(second, result, rows, parameters)).containsExactly(expected, within(1e-5f));
            }
        }
    }

    @Test
    void onlyLargeDenseLayersAreWorthBlocks() {
        try (NDManager manager = Torch.manager()) {
            Map<String, NDArray> parameters = Map.of("self.parameters[0]", manager.zeros(new Shape(256, 256)));
            Node dense = new Node("y", "linear", List.of("x", "self.parameters[0]", "None"));
            assertThat(Layout.isLarge(dense, 1024, parameters)).isTrue();
            assertThat(Layout.isLarge(dense, 128, parameters)).isFalse();
            assertThat(Layout.isLarge(new Node("y", "linear", List.of("x", "v3", "None")), 1024, parameters)).as("calculated weights").isFalse();
            assertThat(Layout.isLarge(new Node("y", "matmul", List.of("x", "self.parameters[0]")), 1024, parameters)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "3 | [1, 1] | [1, 1]",
        "3 | [2, 2] | [0, 0]",
        "1 | [1, 2] | [0, 1]",
        "5 | [1, 1] | [2, 1]"})
    void aSingleChannelIsTheSameAsThree(int height, String strides, String padding) {
        try (NDManager manager = Torch.manager()) {
            Shape kernels = new Shape(4, 1, height, 3);
            Recording one = convolution(kernels, strides, padding, "[1, 1]");
            Recording three = SingleChannel.asThree(one);
            assertThat(operations(three)).containsExactly("constant_pad_nd", "unfold", "transpose", "squeeze", "transpose", "conv2d");
            NDArray rows = manager.randomNormal(new Shape(2, 1, 7, 9));
            List<NDArray> parameters = List.of(manager.randomNormal(kernels), manager.randomNormal(new Shape(4)));
            float[] expected = run(one, 0, rows, parameters);
            assertThat(run(three, 0, rows, parameters)).containsExactly(expected, within(1e-5f));
            assertThat(run(Layout.forProcessor(three, node -> false), 0, rows, parameters)).containsExactly(expected, within(1e-5f));
        }
    }

    @Test
    void onlyKernelsOfThreeColumnsOverASingleChannelAreSpread() {
        for (Recording other : List.of(convolution(new Shape(4, 1, 3, 5), "[1, 1]", "[1, 1]", "[1, 1]"),
                convolution(new Shape(4, 3, 3, 3), "[1, 1]", "[1, 1]", "[1, 1]"),
                convolution(new Shape(4, 1, 3, 3), "[1, 1]", "[1, 1]", "[1, 2]"))) {
            assertThat(SingleChannel.asThree(other)).isEqualTo(other);
        }
    }

    private static Recording convolution(Shape kernels, String strides, String padding, String dilation) {
        List<String> layer = List.of("rows", "self.parameters[0]", "self.parameters[1]", strides, padding, dilation, "1");
        return new Recording(List.of(new Node("y", "conv2d", layer)), List.of("y"), List.of(), Map.of("self.parameters[0]", kernels));
    }

    private static float[] run(Recording recording, int result, NDArray rows, List<NDArray> parameters) {
        String text = """
                  def run(self: __torch__.Program, rows: Tensor) -> Tensor:
                %s
                    return %s
                """.formatted(recording.lines().indent(4).stripTrailing(), recording.results().get(result));
        Program program = new Program(rows.getManager(), text, Map.of("parameters", parameters));
        return program.call("run", rows).toType(DataType.FLOAT32, false).toFloatArray();
    }
}
