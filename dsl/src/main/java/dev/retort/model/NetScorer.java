package dev.retort.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.retort.data.Answer;
import dev.retort.data.Layer;
import dev.retort.data.Split;
import dev.retort.device.Threads;
import dev.retort.device.Torch;
import dev.retort.script.NotRecordable;
import dev.retort.script.OnnxGraph;
import dev.retort.script.Recorder;
import dev.retort.script.Recording;
import dev.retort.train.Standardizer;
import dev.retort.train.Taps;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A trained network ready to answer. On the processor ONNX Runtime answers in its place, from a graph that is recorded off
 * the network: it labels several times as many rows a second. On a GPU, and where there is no such graph, PyTorch does.
 */
final class NetScorer implements Scorer {
    private static final String INPUT = "rows";

    /**
     * The numbers of its widest layer that a core's caches hold about: with 32 rows instead of 128 cnn(32, 64) labels 1.2 times as
     * many pictures a second, and mlp(256, 256) a few more letters with 512.
     */
    private static final int NUMBERS_AT_ONCE = 800_000;
    private static final int MOST_ROWS = 512;

    private final Shape rowShape;
    private final Standardizer inputs;
    private final Device device;
    /** Owns all native memory of the network, and must live as long as its block. */
    private final Model model;
    private final Block block;
    private final ParameterStore parameterStore;
    private final Map<Set<String>, Optional<Graph>> graphs = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException when the weights are not those of the block */
    NetScorer(String name, Block block, byte[] weights, Shape rowShape, Standardizer inputs, Device device) {
        this.block = block;
        this.rowShape = rowShape;
        this.inputs = inputs;
        this.device = device;
        Torch.engine();
        model = Model.newInstance("classifier", device, "PyTorch");
        try {
            model.setBlock(block);
            block.loadParameters(model.getNDManager(), new DataInputStream(new ByteArrayInputStream(weights)));
            block.freezeParameters(true);
            parameterStore = new ParameterStore(model.getNDManager(), false);
        } catch (IOException e) {
            model.close();
            throw new UncheckedIOException(e);
        } catch (MalformedModelException | RuntimeException e) {
            model.close();
            throw new IllegalArgumentException("the weights do not fit " + name + ": " + e.getMessage(), e);
        }
    }

    /** How many numbers were learned. */
    long parameters() {
        return block.getParameters().values().stream().map(Parameter::getArray).mapToLong(NDArray::size).sum();
    }

    @Override
    public Answer answer(Split rows, int from, int to, Set<String> layers) {
        Optional<Graph> graph = graphOf(layers);
        return graph.isPresent() ? graph.get().answer(inputs.apply(rows, from, to), to - from) : ofNetwork(rows, from, to, layers);
    }

    @Override
    public int threads(Set<String> layers) {
        return graphOf(layers).isPresent() ? Threads.count() : 1;
    }

    @Override
    public int rowsAtOnce() {
        long widest = Stream.concat(Stream.of(rowShape), Taps.shapes(block, rowShape).values().stream()).mapToLong(Shape::size).max().orElseThrow();
        return (int) Math.max(1, Math.min(MOST_ROWS, NUMBERS_AT_ONCE / widest));
    }

    private Optional<Graph> graphOf(Set<String> layers) {
        return device.isGpu() ? Optional.empty() : graphs.computeIfAbsent(Set.copyOf(layers), this::graph);
    }

    /** What PyTorch says. */
    Answer ofNetwork(Split rows, int from, int to, Set<String> layers) {
        try (NDManager scope = model.getNDManager().newSubManager(device)) {
            NDArray batch = inputs.upload(scope, rows, from, to).reshape(new Shape(to - from).addAll(rowShape));
            Map<String, NDArray> seen = new HashMap<>();
            float[] logits = Taps.forward(block, parameterStore, batch, false, layers, seen).toFloatArray();
            Map<String, Layer> asked = new HashMap<>();
            seen.forEach((name, layer) -> asked.put(name, new Layer(layer.toFloatArray(), layer.getShape().slice(1))));
            return new Answer(logits, asked);
        }
    }

    /** The network as ONNX Runtime runs it; its outputs are the logits and these layers. */
    private Optional<Graph> graph(Set<String> layers) {
        List<String> names = List.copyOf(layers);
        Map<String, NDArray> parameters = new HashMap<>();
        block.getParameters().values().forEach(parameter -> parameters.put("parameters[" + parameters.size() + "]", parameter.getArray()));
        try {
            Recording recording = Recorder.record(block, model.getNDManager(), (recorder, scope, rows) -> {
                parameters.forEach((name, array) -> recorder.name(array, name));
                NDArray batch = recorder.input(INPUT, scope.zeros(new Shape(rows).addAll(rowShape)));
                Map<String, NDArray> seen = new HashMap<>();
                List<NDArray> results = new ArrayList<>(List.of(Taps.forward(block, parameterStore, batch, false, layers, seen)));
                names.forEach(name -> results.add(seen.get(name)));
                return results;
            });
            byte[] graph = OnnxGraph.of(recording, INPUT, rowShape, parameters);
            return Optional.of(new Graph(new OnnxSession(graph, rowShape, 1), recording.results(), names));
        } catch (NotRecordable | IllegalArgumentException e) { // ONNX Runtime has no dense layer over each line of an image.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        graphs.values().forEach(graph -> graph.ifPresent(open -> open.session.close()));
        model.close();
    }

    /**
     * A network in ONNX Runtime.
     *
     * @param outputs the logits, then the layers
     * @param layers  what these are called
     */
    private record Graph(OnnxSession session, List<String> outputs, List<String> layers) {
        Answer answer(float[] inputs, int rows) {
            Map<String, Layer> out = session.run(inputs, rows, Set.copyOf(outputs));
            Map<String, Layer> asked = new HashMap<>();
            for (int i = 0; i < layers.size(); i++) {
                asked.put(layers.get(i), out.get(outputs.get(i + 1)));
            }
            return new Answer(out.get(outputs.get(0)).values(), asked);
        }
    }
}
