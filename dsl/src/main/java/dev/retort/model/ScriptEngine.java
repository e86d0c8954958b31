package dev.retort.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.retort.data.Layer;
import dev.retort.device.Torch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * TorchScript in libtorch. What a file returns is all that can be seen of it: {@code output.1} is what it answers, and where
 * it returns several tensors, the others are {@code output.2} and so on.
 */
final class ScriptEngine implements ImportedEngine {
    static final String KIND = "torchscript";

    private static final int PROBED_ROWS = 7;

    private final byte[] content;
    private final Shape inputShape;
    private final Map<String, Shape> tensors = new LinkedHashMap<>();
    private final long parameters;

    /** Finds out whether it takes rows as they are, or flat. */
    ScriptEngine(byte[] content, Shape rowShape) {
        this.content = content;
        Shape flat = new Shape(rowShape.size());
        float[] probe = new float[PROBED_ROWS * (int) rowShape.size()];
        try (ScriptSession session = new ScriptSession(Device.cpu())) {
            parameters = session.model.getBlock().getParameters().values().stream()
                    .map(Parameter::getArray).mapToLong(NDArray::size).sum();
            String complaint = session.complaint(probe, rowShape);
            if (complaint != null && session.complaint(probe, flat) != null) {
                throw new IllegalArgumentException("it takes neither batches of " + new Shape(-1).addAll(rowShape) + " nor of "
                        + new Shape(-1).addAll(flat) + ": " + complaint);
            }
            inputShape = complaint == null ? rowShape : flat;
            session.run(probe, PROBED_ROWS, inputShape).forEach((name, layer) -> tensors.put(name, layer.shape()));
        }
    }

    @Override
    public long parameters() {
        return parameters;
    }

    @Override
    public List<String> outputs() {
        return List.copyOf(tensors.keySet());
    }

    @Override
    public Map<String, Shape> tensors() {
        return tensors;
    }

    @Override
    public Session open(Device device) {
        return new ScriptSession(device);
    }

    /** The model owns all native memory, and must live as long as its block. */
    private final class ScriptSession implements Session {
        private final Model model;
        private final ParameterStore parameterStore;

        ScriptSession(Device device) {
            Torch.engine();
            Torch.engine();
            model = Model.newInstance("imported", device, "PyTorch");
            parameterStore = new ParameterStore(model.getNDManager(), false);
            try {
                model.load(new ByteArrayInputStream(content));
            } catch (IOException | MalformedModelException | EngineException e) {
                model.close();
                throw new IllegalArgumentException("it is no TorchScript file, or it is cut off: " + reason(e)
                        + "; write it with torch.jit.save", e);
            }
        }

        /** What is wrong with rows of this shape; null when nothing is. */
        String complaint(float[] inputs, Shape shape) {
            try {
                run(inputs, PROBED_ROWS, shape);
                return null;
            } catch (EngineException e) {
                return reason(e);
            }
        }

        @Override
        public Map<String, Layer> run(float[] inputs, int rows, Set<String> names) {
            Map<String, Layer> wanted = run(inputs, rows, inputShape);
            wanted.keySet().retainAll(names);
            return wanted;
        }

        /** All that it returns, but for tensors that do not hold floats for each row. */
        private Map<String, Layer> run(float[] inputs, int rows, Shape shape) {
            try (NDManager scope = model.getNDManager().newSubManager()) {
                NDList batch = new NDList(scope.create(inputs, new Shape(rows).addAll(shape)));
                NDList outputs = model.getBlock().forward(parameterStore, batch, false);
                Map<String, Layer> layers = new LinkedHashMap<>();
                for (int i = 0; i < outputs.size(); i++) {
                    NDArray output = outputs.get(i);
                    Shape whole = output.getShape();
                    if (output.getDataType() == DataType.FLOAT32 && whole.dimension() > 1 && whole.get(0) == rows) {
                        layers.put("output." + (i + 1), new Layer(output.toFloatArray(), whole.slice(1)));
                    }
                }
                return layers;
            }
        }

        @Override
        public void close() {
            model.close();
        }
    }

    /** The line of libtorch's message that says what went wrong; around it is a trace through the script. */
    private static String reason(Exception e) {
        List<String> lines = String.valueOf(e.getMessage()).lines().toList();
        return lines.stream().filter(line -> line.startsWith("RuntimeError: ")).findFirst().orElse(lines.get(0));
    }
}
