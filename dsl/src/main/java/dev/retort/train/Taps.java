package dev.retort.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import dev.retort.device.Torch;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The inner layers of a network that is a sequence of blocks: what comes out of the first is {@code layer.1}, and so on to
 * the logits; or of {@link Peers}, each of whose logits are a layer. Other blocks hide theirs: DJL has no hooks.
 */
public final class Taps {
    private Taps() {
    }

    /** The layers in order, with the shape that a row has there. */
    public static Map<String, Shape> shapes(Block block, Shape rowShape) {
        Torch.engine(); // Blocks of functions try them out; DJL alone would load libtorch without its settings.
        Map<String, Shape> layers = new LinkedHashMap<>();
        Shape[] inputs = {new Shape(1).addAll(rowShape)};
        if (block instanceof SequentialBlock || block instanceof Peers) {
            for (Block child : block.getChildren().values()) {
                Shape[] outputs = child.getOutputShapes(inputs);
                layers.put(next(layers), outputs[0].slice(1));
                inputs = block instanceof Peers ? inputs : outputs;
            }
        }
        return layers;
    }

    /** Of these layers the ones that a parameter reaches: a loss can move what comes out of them. */
    public static Map<String, Shape> learning(Block block, Shape rowShape) {
        Map<String, Shape> layers = shapes(block, rowShape);
        Iterator<String> names = layers.keySet().iterator();
        for (Block child : block.getChildren().values()) {
            if (!names.hasNext() || !child.getParameters().isEmpty()) {
                return layers;
            }
            names.next();
            names.remove();
        }
        return layers;
    }

    /**
     * Passes a batch through a network.
     *
     * @param wanted names of layers
     * @param seen   gets what comes out of these
     * @return what comes out of the network
     */
    public static NDArray forward(
            Block block, ParameterStore parameters, NDArray inputs, boolean training, Set<String> wanted, Map<String, NDArray> seen) {
        NDList passing = new NDList(inputs);
        if (wanted.isEmpty()) {
            return block.forward(parameters, passing, training).singletonOrThrow();
        }
        Map<String, NDArray> all = new LinkedHashMap<>();
        for (Block child : block.getChildren().values()) {
            NDList outputs = child.forward(parameters, passing, training);
            all.put(next(all), outputs.get(0));
            passing = block instanceof Peers ? passing : outputs;
        }
        wanted.forEach(name -> seen.put(name, all.get(name)));
        return block instanceof Peers ? all.values().iterator().next() : passing.singletonOrThrow();
    }

    private static String next(Map<String, ?> layers) {
        return "layer." + (layers.size() + 1);
    }
}
