package dev.retort.train;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import dev.retort.device.Threads;
import dev.retort.device.Torch;

/** How much there is to calculate for a net. */
public final class Work {
    private Work() {
    }

    /** How many threads a training of such a net is given. */
    public static int threads(Block fresh, Shape rowShape, TrainingOptions options) {
        try (NDManager manager = Torch.manager()) {
            synchronized (Learner.ALONE) {
                fresh.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(rowShape));
            }
            return Threads.forBatch(multiplications(fresh, rowShape) * options.batch());
        }
    }

    /** What an initialized net makes of a row, about: each weight counts once for each place that it is applied to. */
    static long multiplications(Block block, Shape rowShape) {
        return multiplications(block, new Shape[] {new Shape(1).addAll(rowShape)});
    }

    private static long multiplications(Block block, Shape[] inputs) {
        if (block instanceof Peers) {
            return block.getChildren().values().stream().mapToLong(peer -> multiplications(peer, inputs)).sum();
        }
        if (block instanceof SequentialBlock) {
            long sum = 0;
            Shape[] passing = inputs;
            for (Block child : block.getChildren().values()) {
                sum += multiplications(child, passing);
                passing = child.getOutputShapes(passing);
            }
            return sum;
        }
        Shape output = block.getOutputShapes(inputs)[0];
        long places = output.dimension() > 2 ? output.slice(2).size() : 1;
        return places * block.getParameters().values().stream().mapToLong(parameter -> parameter.getArray().size()).sum();
    }
}
