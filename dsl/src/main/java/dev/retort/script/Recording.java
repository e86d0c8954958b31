package dev.retort.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.retort.device.Processor;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What was done to arrays, in order.
 *
 * @param nodes     the operations
 * @param results   the names of the arrays that came out
 * @param constants arrays that the text calls {@code self.constants[0]}, …
 * @param shapes    of arrays by name, for the example rows; gradients have none
 */
public record Recording(List<Node> nodes, List<String> results, List<NDArray> constants, Map<String, Shape> shapes) {
    public Recording {
        nodes = List.copyOf(nodes);
        results = List.copyOf(results);
        constants = List.copyOf(constants);
        shapes = Map.copyOf(shapes);
    }

    Recording withNodes(List<Node> others) {
        return new Recording(others, results, constants, shapes);
    }

    /** The same with single operations for what equations say in several. */
    public Recording withShortcuts() {
        return Shortcuts.in(this);
    }

    /**
     * Sets apart what can be calculated for all rows before the first batch.
     *
     * @param given whether an array holds something for each row, which is the same in each epoch
     */
    public Ahead ahead(Predicate<String> given) {
        return Ahead.of(this, given);
    }

    /**
     * The same to rounding, as this processor does it fastest.
     *
     * @param rows       of a batch
     * @param parameters the arrays that the text knows by name
     */
    public Recording forProcessor(int rows, Map<String, NDArray> parameters) {
        Recording convolved = Processor.hasAvx512() ? this : SingleChannel.asThree(this);
        return Layout.forProcessor(convolved, node -> Processor.isWiderThanMkl() && Layout.isLarge(node, rows, parameters));
    }

    /**
     * The same, followed by the gradients of its results, scalars that are multiplied with factors and summed up. Its results are
     * followed by the gradient of each weight.
     *
     * @throws NotRecordable for an operation whose gradient only libtorch knows
     */
    public Recording withGradients(List<String> factors, List<String> weights) {
        return Gradients.in(this, factors, weights);
    }

    /** The same with dense and convolutional layers in bfloat16. */
    public Recording inMixedPrecision() {
        return Precision.mixed(this);
    }

    /** Whether an operation reads an array of this name. */
    public boolean reads(String name) {
        return nodes.stream().flatMap(Node::reads).anyMatch(name::equals);
    }

    /** Whether another does the same, with equal constants. */
    public boolean isSameAs(Recording other) {
        return lines().equals(other.lines()) && results.equals(other.results) && constants.size() == other.constants.size()
                && IntStream.range(0, constants.size()).allMatch(i -> constants.get(i).contentEquals(other.constants.get(i)));
    }

    /** One line of TorchScript an operation. */
    public String lines() {
        return nodes.stream().map(Node::line).collect(Collectors.joining("\n"));
    }
}
