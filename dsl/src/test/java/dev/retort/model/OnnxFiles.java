package dev.retort.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Writes ONNX files for tests: a net of 64 inputs, 16 hidden units with ReLU, and 10 classes. */
public final class OnnxFiles {
    static final int WIDTH = 64;
    static final int HIDDEN = 16;
    static final int CLASSES = 10;
    static final float[] FIRST = weights(1, WIDTH * HIDDEN);
    static final float[] SECOND = weights(2, HIDDEN * CLASSES);

    private OnnxFiles() {
    }

    /** Its tensors are called pixels, dense, relu and logits. */
    public static GraphProto.Builder graph(long batch) {
        return GraphProto.newBuilder().setName("net")
                .addInput(tensor("pixels", TensorProto.DataType.FLOAT, batch, WIDTH))
                .addInitializer(initializer("first", FIRST, WIDTH, HIDDEN))
                .addInitializer(initializer("second", SECOND, HIDDEN, CLASSES))
                .addNode(node("MatMul", "dense", "pixels", "first"))
                .addNode(node("Relu", "relu", "dense"))
                .addNode(node("MatMul", "logits", "relu", "second"))
                .addOutput(tensor("logits", TensorProto.DataType.FLOAT, batch, CLASSES));
    }

    /** The same with a softmax behind it, called shares. */
    static GraphProto.Builder softmax() {
        return graph(-1).clearOutput().addNode(node("Softmax", "shares", "logits"))
                .addOutput(tensor("shares", TensorProto.DataType.FLOAT, -1, CLASSES));
    }

    public static byte[] file(GraphProto.Builder graph) {
        return ModelProto.newBuilder().setIrVersion(8).addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13)).setGraph(graph)
                .build().toByteArray();
    }

    static NodeProto node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder().setOpType(operator).setName(output).addAllInput(Arrays.asList(inputs)).addOutput(output).build();
    }

    static ValueInfoProto tensor(String name, TensorProto.DataType type, long... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dimension : dimensions) {
            shape.addDim(dimension < 0 ? Dimension.newBuilder().setDimParam("n") : Dimension.newBuilder().setDimValue(dimension));
        }
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape))).build();
    }

    /** What the net says of one row: the hidden units, then the logits. */
    static List<double[]> expected(float[] pixels) {
        double[] hidden = new double[HIDDEN];
        for (int h = 0; h < HIDDEN; h++) {
            for (int i = 0; i < WIDTH; i++) {
                hidden[h] += pixels[i] * FIRST[i * HIDDEN + h];
            }
            hidden[h] = Math.max(0, hidden[h]);
        }
        double[] logits = new double[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
            for (int h = 0; h < HIDDEN; h++) {
                logits[c] += hidden[h] * SECOND[h * CLASSES + c];
            }
        }
        return List.of(hidden, logits);
    }

    private static TensorProto initializer(String name, float[] values, long... dimensions) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
        Arrays.stream(dimensions).forEach(tensor::addDims);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return tensor.build();
    }

    private static float[] weights(long seed, int count) {
        Random random = new Random(seed);
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (float) random.nextGaussian() / 8;
        }
        return weights;
    }
}
