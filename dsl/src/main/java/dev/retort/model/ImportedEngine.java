package dev.retort.model;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Layer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What runs the models that others made and wrote to a file. */
sealed interface ImportedEngine permits OnnxEngine, ScriptEngine {
    /** A model that is loaded, with its native memory. */
    interface Session extends AutoCloseable {
        /**
         * What comes out of a model for some rows.
         *
         * @param inputs rows × the numbers of one row
         * @param names  of the outputs and inner tensors that are wanted
         */
        Map<String, Layer> run(float[] inputs, int rows, Set<String> names);

        /** As in {@link Scorer#threads}. */
        default int threads() {
            return 1;
        }

        @Override
        void close();
    }

    /** Which of the engines reads the content of this kind of file. */
    static ImportedEngine of(String kind, byte[] content, Shape rowShape) {
        return switch (kind) {
            case OnnxEngine.KIND -> new OnnxEngine(content, rowShape);
            case ScriptEngine.KIND -> new ScriptEngine(content, rowShape);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** How many numbers were learned. */
    long parameters();

    /** The names of its outputs. */
    List<String> outputs();

    /** All that can be asked for, with the shape that a row has there, outputs first. */
    Map<String, Shape> tensors();

    /** Loads the model, in inference mode. */
    Session open(Device device);
}
