package dev.retort.model;

import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.retort.data.Layer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A graph in ONNX Runtime, with its native memory. */
final class OnnxSession implements ImportedEngine.Session {
    private final OrtEnvironment environment = OnnxRuntime.environment();
    private final OrtSession session;
    private final String input;
    private final long[] shape;

    /** @param threads how many calculate for each thread that asks */
    OnnxSession(byte[] graph, Shape rowShape, int threads) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setIntraOpNumThreads(threads);
            options.addConfigEntry("session.intra_op.allow_spinning", "0"); // They would fight those of libtorch.
            session = environment.createSession(graph, options);
        } catch (OrtException e) {
            throw new IllegalArgumentException("ONNX Runtime cannot run it: " + e.getMessage()
                    + "; export it with the operators of the ONNX standard", e);
        }
        try {
            NodeInfo only = onlyInput();
            input = only.getName();
            shape = inputShape((TensorInfo) only.getInfo(), rowShape);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private NodeInfo onlyInput() {
        try {
            Map<String, NodeInfo> inputs = session.getInputInfo();
            NodeInfo first = inputs.values().iterator().next();
            if (inputs.size() != 1 || !(first.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
                throw new IllegalArgumentException("it takes " + inputs.values() + ", but rows are one tensor of floats");
            }
            return first;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the graph declares; what it leaves open is as in the rows. The first dimension is the batch, and stays open as -1. */
    private static long[] inputShape(TensorInfo declared, Shape rowShape) {
        long[] shape = declared.getShape().length == 0 ? new Shape(-1).addAll(rowShape).getShape() : declared.getShape().clone();
        if (shape.length == rowShape.dimension() + 1) {
            for (int i = 1; i < shape.length; i++) {
                shape[i] = shape[i] < 0 ? rowShape.get(i - 1) : shape[i];
            }
        } else if (shape.length == 2 && shape[1] < 0) {
            shape[1] = rowShape.size();
        }
        if (Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b) != rowShape.size()) {
            throw new IllegalArgumentException("it takes batches of " + Arrays.toString(declared.getShape())
                    + ", which rows of shape " + rowShape + " do not fit");
        }
        return shape;
    }

    /** Tensors that do not hold floats for each row are left out. */
    @Override
    public Map<String, Layer> run(float[] inputs, int rows, Set<String> names) {
        int batch = shape[0] > 0 ? (int) shape[0] : rows;
        if (batch == rows) {
            return runBatch(inputs, rows, names);
        }
        int width = inputs.length / rows;
        Map<String, Layer> all = new HashMap<>();
        for (int from = 0; from < rows; from += batch) {
            float[] part = Arrays.copyOfRange(inputs, from * width, (from + batch) * width); // Filled up with zeros at the end.
            int first = from;
            runBatch(part, batch, names).forEach((name, layer) -> {
                int size = (int) layer.shape().size();
                float[] values = all.computeIfAbsent(name, key -> new Layer(new float[rows * size], layer.shape())).values();
                System.arraycopy(layer.values(), 0, values, first * size, Math.min(batch, rows - first) * size);
            });
        }
        return all;
    }

    private Map<String, Layer> runBatch(float[] inputs, int batch, Set<String> names) {
        long[] whole = shape.clone();
        whole[0] = batch;
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(inputs), whole);
                OrtSession.Result result = session.run(Map.of(input, tensor), names)) {
            Map<String, Layer> layers = new HashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                if (output.getValue() instanceof OnnxTensor values && values.getInfo().type == OnnxJavaType.FLOAT) {
                    Shape out = new Shape(values.getInfo().getShape());
                    if (out.dimension() > 1 && out.get(0) == batch) {
                        layers.put(output.getKey(), new Layer(floats(values), out.slice(1)));
                    }
                }
            }
            return layers;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    private static float[] floats(OnnxTensor tensor) {
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
