package dev.retort.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A recording as a graph of the ONNX standard, which other engines run. */
public final class OnnxGraph {
    private static final int OPSET = 13;
    private static final int IR_VERSION = 7;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("recorded");

    private OnnxGraph() {
    }

    /**
     * Writes a recording down; its outputs are the recording's results.
     *
     * @param input      the name of the recording's only input, which has the shape rows × …
     * @param rowShape   the shape of one row of it
     * @param parameters the arrays that the recording knows by name
     * @throws NotRecordable when it has an operation that is not known here
     */
    public static byte[] of(Recording recording, String input, Shape rowShape, Map<String, NDArray> parameters) {
        OnnxGraph onnx = new OnnxGraph();
        onnx.graph.addInput(value(input, rowShape));
        parameters.forEach((name, array) -> onnx.graph.addInitializer(tensor(name, array.getShape().getShape(), array)));
        recording.nodes().forEach(onnx::add);
        recording.results().forEach(result -> onnx.graph.addOutput(ValueInfoProto.newBuilder().setName(result)));
        return ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("retort").setGraph(onnx.graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET)).build().toByteArray();
    }

    private void add(Node node) {
        List<String> a = node.arguments();
        switch (node.operation()) {
            case "relu" -> add("Relu", node, 1);
            case "sigmoid" -> add("Sigmoid", node, 1);
            case "tanh" -> add("Tanh", node, 1);
            case "dropout" -> add("Identity", node, 1);
            case "add" -> add("Add", node, 2);
            case "linear" -> add("Gemm", node, 3, number("transB", 1));
            case "conv2d" -> add("Conv", node, 3, numbers("strides", a.get(3)), both("pads", a.get(4)), numbers("dilations", a.get(5)),
                    number("group", Long.parseLong(a.get(6))));
            case "max_pool2d" -> add("MaxPool", node, 1, numbers("kernel_shape", a.get(1)), numbers("strides", a.get(2)),
                    both("pads", a.get(3)), flag("ceil_mode", a.get(5)));
            case "avg_pool2d" -> add("AveragePool", node, 1, numbers("kernel_shape", a.get(1)), numbers("strides", a.get(2)),
                    both("pads", a.get(3)), flag("ceil_mode", a.get(4)), flag("count_include_pad", a.get(5)));
            case "batch_norm" -> add("BatchNormalization", node, 5, decimal("epsilon", a.get(7)));
            case "reshape" -> reshape(node);
            default -> throw new NotRecordable(node.operation() + " in ONNX");
        }
    }

    /** The first arguments of the node are the operator's inputs, the others are its attributes. */
    private void add(String operator, Node node, int inputs, AttributeProto... attributes) {
        List<String> names = node.arguments().subList(0, inputs);
        if (names.stream().anyMatch(name -> !name.matches("[a-z_.]+\\d*(\\[\\d+])?"))) {
            throw new NotRecordable(node.line() + " in ONNX");
        }
        graph.addNode(NodeProto.newBuilder().setOpType(operator).setName(node.result()).addAllInput(names).addOutput(node.result())
                .addAllAttribute(Arrays.asList(attributes)));
    }

    private void reshape(Node node) {
        String shape = node.result() + " shape";
        long[] sizes = longs(node.arguments().get(1));
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(shape).setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(sizes.length);
        Arrays.stream(sizes).forEach(tensor::addInt64Data);
        graph.addInitializer(tensor);
        graph.addNode(NodeProto.newBuilder().setOpType("Reshape").setName(node.result())
                .addInput(node.arguments().get(0)).addInput(shape).addOutput(node.result()));
    }

    private static ValueInfoProto value(String name, Shape rowShape) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"));
        Arrays.stream(rowShape.getShape()).forEach(size -> shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber()).setShape(shape))).build();
    }

    private static TensorProto tensor(String name, long[] shape, NDArray array) {
        if (array.getDataType() != DataType.FLOAT32) {
            throw new NotRecordable("a parameter of " + array.getDataType() + " in ONNX");
        }
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber())
                .setRawData(ByteString.copyFrom(array.toByteBuffer()));
        Arrays.stream(shape).forEach(tensor::addDims);
        return tensor.build();
    }

    private static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
    }

    private static AttributeProto decimal(String name, String value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOAT).setF(Float.parseFloat(value)).build();
    }

    private static AttributeProto flag(String name, String value) {
        return number(name, value.equals("True") ? 1 : 0);
    }

    private static AttributeProto numbers(String name, String list) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        Arrays.stream(longs(list)).forEach(attribute::addInts);
        return attribute.build();
    }

    /** Padding at the beginning of each axis, then as much at its end. */
    private static AttributeProto both(String name, String list) {
        return numbers(name, list.replace("]", ", ") + list.replace("[", ""));
    }

    private static long[] longs(String list) {
        return Arrays.stream(list.replaceAll("[\\[\\] ]", "").split(",")).mapToLong(Long::parseLong).toArray();
    }
}
