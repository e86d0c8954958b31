package dev.retort.model;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.retort.data.Layer;
import dev.retort.device.Threads;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * ONNX Runtime, on the processor. A graph shows its outputs alone, so it is written anew in memory with those of its tensors
 * as outputs that are asked for.
 */
final class OnnxEngine implements ImportedEngine {
    static final String KIND = "onnx";

    /** A number of rows that no other dimension of a graph is likely to have. */
    private static final int PROBED_ROWS = 7;

    private final ModelProto model;
    private final Shape rowShape;
    /** Fewer rows are filled up, so they had better come in one question. */
    private final boolean hasFixedBatch;
    private final Map<String, Shape> tensors;

    OnnxEngine(byte[] content, Shape rowShape) {
        this.rowShape = rowShape;
        try {
            model = ModelProto.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("it is no ONNX file, or it is cut off: " + e.getMessage(), e);
        }
        if (model.getGraph().getInitializerList().stream()
                .anyMatch(weights -> weights.getDataLocation() == TensorProto.DataLocation.EXTERNAL)) {
            throw new IllegalArgumentException("its weights are in files beside it; export it as one file");
        }
        hasFixedBatch = model.getGraph().getInputList().stream().map(input -> input.getType().getTensorType().getShape())
                .anyMatch(shape -> shape.getDimCount() > 0 && shape.getDim(0).getDimValue() > 1);
        tensors = probe();
    }

    @Override
    public long parameters() {
        return model.getGraph().getInitializerList().stream()
                .mapToLong(weights -> weights.getDimsList().stream().reduce(1L, Math::multiplyExact)).sum();
    }

    @Override
    public List<String> outputs() {
        return model.getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    @Override
    public Map<String, Shape> tensors() {
        return tensors;
    }

    /** Every tensor that the graph computes is asked for once; those of one row of numbers for each row are the ones to have. */
    private Map<String, Shape> probe() {
        Set<String> names = new LinkedHashSet<>(outputs());
        for (NodeProto node : model.getGraph().getNodeList()) {
            node.getOutputList().stream().filter(name -> !name.isEmpty()).forEach(names::add);
        }
        Map<String, Shape> shapes = new LinkedHashMap<>();
        try (OnnxSession session = session(names)) {
            Map<String, Layer> all = session.run(new float[PROBED_ROWS * (int) rowShape.size()], PROBED_ROWS, names);
            names.stream().filter(all::containsKey).forEach(name -> shapes.put(name, all.get(name).shape()));
        }
        return Collections.unmodifiableMap(shapes);
    }

    /** Which tensors are wanted is known only with the first question; the fewer outputs a graph has, the faster it is. */
    @Override
    public Session open(Device device) {
        Map<Set<String>, OnnxSession> sessions = new ConcurrentHashMap<>();
        return new Session() {
            @Override
            public Map<String, Layer> run(float[] inputs, int rows, Set<String> names) {
                return sessions.computeIfAbsent(Set.copyOf(names), OnnxEngine.this::session).run(inputs, rows, names);
            }

            @Override
            public int threads() {
                return hasFixedBatch ? 1 : Threads.count();
            }

            @Override
            public void close() {
                sessions.values().forEach(OnnxSession::close);
            }
        };
    }

    private OnnxSession session(Set<String> outputs) {
        GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
        for (String name : outputs) {
            graph.addOutput(ValueInfoProto.newBuilder().setName(name));
        }
        return new OnnxSession(model.toBuilder().setGraph(graph).build().toByteArray(), rowShape, hasFixedBatch ? Threads.count() : 1);
    }
}
