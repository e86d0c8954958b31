package dev.retort.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.core.Linear;
import dev.retort.device.Torch;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradients that are written out are those that libtorch finds; CompiledStepTest trains with them. */
class GradientsTest {
    private static final Shape MATRIX = new Shape(3, 4);
    private static final List<String> LEARNED = List.of("self.learned[0]", "self.learned[1]", "self.learned[2]", "self.learned[3]");

    private static final List<Shape> SHAPES = List.of(MATRIX, new Shape(4), new Shape(), new Shape(3));

    /** What equations work on: learned arrays of positive numbers, and one that is given. */
    private record Arrays(NDArray matrix, NDArray row, NDArray number, NDArray bias, NDArray given) {
    }

    static Stream<Arguments> equations() {
        return Stream.of(
                equation("exp", a -> a.matrix.exp().square().mean()),
                equation("log", a -> a.matrix.log().sum()),
                equation("roots", a -> a.matrix.sqrt().neg().mean()),
                equation("abs", a -> a.matrix.sub(a.given).abs().mean()),
                equation("abs of sums", a -> a.matrix.sum(new int[] {1}).abs().mean()),
                equation("activations", a -> a.matrix.sub(a.given).getNDArrayInternal().relu().add(activated(a.matrix)).mean()),
                equation("softmax", a -> a.matrix.softmax(-1).mul(a.given).sum()),
                equation("log softmax along the rows", a -> a.matrix.logSoftmax(0).mul(a.given).sum()),
                equation("a repeated row", a -> a.given.mul(a.row).sub(a.row).div(a.row).sum()),
                equation("a repeated row beside one number", a -> a.matrix.add(a.row).mul(a.number).sum()),
                equation("a repeated row, its sum alone", a -> a.matrix.sub(a.row).sum()),
                equation("a row and a column", a -> a.matrix.sum(new int[] {1}, true).div(a.row).square().mean()),
                equation("both sides of a quotient", a -> a.matrix.div(a.matrix.sum(new int[] {-1}, true)).mul(a.given).sum()),
                equation("sums of rows", a -> a.matrix.square().sum(new int[] {-1}).exp().mean()),
                equation("means of columns", a -> a.matrix.square().mean(new int[] {0}).mul(a.row).sum()),
                equation("a mean of sums", a -> a.matrix.mul(a.given).sum(new int[] {-1}).mean()),
                equation("other shapes", a -> a.matrix.reshape(2, 6).square().flatten(0, 1).expandDims(0).squeeze(0).mean()),
                equation("side by side", a -> a.matrix.square().concat(a.given, 1).concat(a.matrix, 1).mul(
                        a.given.concat(a.given.square(), 1).concat(a.given, 1)).sum()),
                equation("picked by class", a -> a.matrix.gather(picked(a.given), 1).square().mean()),
                equation("cross-entropy", a -> a.matrix.logSoftmax(-1).gather(picked(a.given), 1).mean().neg()),
                equation("a dense layer", a -> dense(a.given, a.matrix, a.bias).square().mean()),
                equation("a dense layer without a bias", a -> dense(a.given, a.matrix, null).square().mean()),
                equation("a dense layer over lines", a -> dense(a.given.reshape(1, 3, 4), a.matrix, a.bias).square().mean()),
                equation("dense layers after each other", a -> dense(rectified(a), a.matrix.reshape(4, 3), null).square().mean()),
                equation("an activation of what is read twice", a -> rectified(a).mul(dense(a.given, a.matrix, a.bias)).mean()),
                equation("what does not move", a -> a.matrix.stopGradient().mul(a.matrix).mul(a.matrix.gt(a.given).toType(
                        DataType.FLOAT32, false)).sum()),
                equation("a mean alone, which is one number", a -> a.matrix.mean()),
                equation("a sum of sums", a -> a.matrix.sum(new int[] {0}).mul(a.row).sum()),
                equation("two with the same gradient", a -> a.row.add(a.matrix.sum(new int[] {0})).mean()),
                equation("one array alone", a -> a.row.square().mean()));
    }

    static Stream<Arguments> layers() {
        return Stream.of(
                equation("dense layers", a -> activated(dense(rectified(a), a.matrix.reshape(4, 3), null)).mean()),
                equation("a dense layer over lines", a -> dense(a.given.mul(a.row).reshape(1, 3, 4), a.matrix, a.bias).square().mean()),
                equation("two dense layers of the same rows", a -> dense(rectified(a), a.matrix.reshape(4, 3), null).mean()
                        .add(dense(rectified(a), a.matrix.reshape(4, 3), null).square().mean())),
                equation("a dense layer, its input and its weights", a -> dense(a.given.mul(a.row), a.matrix, a.bias).square().mean()));
    }

    private static NDArray dense(NDArray rows, NDArray weight, NDArray bias) {
        return (bias == null ? Linear.linear(rows, weight) : Linear.linear(rows, weight, bias)).singletonOrThrow();
    }

    private static NDArray rectified(Arrays a) {
        return dense(a.given, a.matrix, a.bias).getNDArrayInternal().relu();
    }

    private static Arguments equation(String name, Function<Arrays, NDArray> equation) {
        return Arguments.of(name, equation);
    }

    private static NDArray activated(NDArray x) {
        return x.tanh().add(x.getNDArrayInternal().sigmoid());
    }

    /** A class for each row. */
    private static NDArray picked(NDArray given) {
        return given.argMax(1).expandDims(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("equations")
    void gradientsAreThoseThatLibtorchFinds(String name, Function<Arrays, NDArray> equation) {
        assertFound(equation, Recording::withShortcuts);
    }

    /** In oneDNN's layout, which the processor asks for where they are large. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void gradientsOfLayersInBlocksAreThoseThatLibtorchFinds(String name, Function<Arrays, NDArray> equation) {
        assertFound(equation, recording -> Layout.forProcessor(recording, node -> node.is("linear")));
    }

    @Test
    void whatHasNoGradientHereIsLeftToLibtorch() {
        try (NDManager manager = Torch.manager()) {
            Recording recording = recordingOfOnes(manager, a -> a.matrix.max(new int[] {1}, false).mean());
            Recording below = recordingOfOnes(manager, a -> a.matrix.concat(a.given, 0).mean());
            assertThatThrownBy(() -> below.withGradients(List.of("factor"), LEARNED)).isInstanceOf(NotRecordable.class).hasMessageContaining("below");
            assertThatThrownBy(() -> recording.withGradients(List.of("factor"), LEARNED)).isInstanceOf(NotRecordable.class).hasMessageContaining("amax");
        }
    }

    @Test
    void crossEntropyIsOneOperation() {
        try (NDManager manager = Torch.manager()) {
            Function<Function<Arrays, NDArray>, List<String>> operations = equation -> recordingOfOnes(manager, equation)
                    .withShortcuts().nodes().stream().map(Node::operation).toList();
            assertThat(operations.apply(a -> a.matrix.gather(picked(a.given), 1).mean().neg())).containsExactly("argmax", "nll_loss_nd");
            assertThat(operations.apply(a -> a.matrix.gather(picked(a.given), 1).sum().neg())).doesNotContain("nll_loss_nd");
            assertThat(operations.apply(a -> a.matrix.gather(a.given.argMax(0).expandDims(0), 0).mean().neg())).doesNotContain("nll_loss_nd");
        }
    }

    private static void assertFound(Function<Arrays, NDArray> equation, UnaryOperator<Recording> rewritten) {
        try (NDManager manager = Torch.manager()) {
            List<NDArray> learned = SHAPES.stream().map(shape -> manager.randomUniform(0.5f, 2, shape)).toList();
            NDArray given = manager.randomUniform(0.5f, 2, MATRIX);
            Recording plain = recording(manager, learned, given, equation);
            Program program = new Program(manager, text(plain, rewritten.apply(plain)), Map.of("learned", learned, "given", List.of(given)));
            learned.forEach(array -> array.setRequiresGradient(true));
            float[] found = program.call("found", manager.create(0.7f)).toFloatArray();
            assertThat(found).hasSize((int) SHAPES.stream().mapToLong(Shape::size).sum()).doesNotContain(Float.NaN);
            assertThat(program.call("written", manager.create(0.7f)).toFloatArray()).containsExactly(found, within(1e-6f * largest(found)));
        }
    }

    private static float largest(float[] numbers) {
        float largest = 1;
        for (float number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest;
    }

    private static Recording recordingOfOnes(NDManager manager, Function<Arrays, NDArray> equation) {
        return recording(manager, SHAPES.stream().map(manager::ones).toList(), manager.ones(MATRIX), equation);
    }

    private static Recording recording(NDManager manager, List<NDArray> learned, NDArray given, Function<Arrays, NDArray> equation) {
        return Recorder.record(Blocks.identityBlock(), manager, (recorder, scope, rows) -> {
            List<NDArray> inputs = IntStream.range(0, 4).mapToObj(i -> recorder.input(LEARNED.get(i), learned.get(i))).toList();
            return List.of(equation.apply(new Arrays(inputs.get(0), inputs.get(1), inputs.get(2), inputs.get(3), recorder.input("self.given[0]", given))));
        });
    }

    private static String text(Recording plain, Recording rewritten) {
        Recording written = rewritten.withGradients(List.of("factor"), LEARNED);
        String gradients = IntStream.range(0, SHAPES.size()).mapToObj(i -> inMemory(written.results().get(1 + i), SHAPES.get(i).size()))
                .collect(Collectors.joining(", "));
        return """
                  def written(self: __torch__.Program, factor: Tensor) -> Tensor:
                %s
                    return torch.cat([%s], 0)
                  def found(self: __torch__.Program, factor: Tensor) -> Tensor:
                    torch.set_grad_enabled(True)
                %s
                    found = torch.autograd.grad([torch.mul(%s, factor)], self.learned, allow_unused=True)
                    torch.set_grad_enabled(False)
                    gradients = annotate(List[Tensor], [])
                    for j in range(torch.len(found)):
                      gradient = found[j]
                      if torch.__is__(gradient, None):
                        more = torch.append(gradients, torch.flatten(torch.zeros_like(self.learned[j])))
                      else:
                        more = torch.append(gradients, torch.flatten(unchecked_cast(Tensor, gradient)))
                    return torch.cat(gradients, 0)
                """.formatted(indented(written), gradients, indented(plain), plain.results().get(0));
    }

    /** Numbers as they lie in memory, which is where an optimiser reads them. */
    private static String inMemory(String name, long size) {
        return "torch.as_strided(" + name + ", [" + size + "], [1])";
    }

    private static String indented(Recording recording) {
        return recording.lines().indent(4).stripTrailing();
    }
}
