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
import dev.retort.train.Taps;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A trained network: its blueprint, its weights as DJL writes them, and how rows become its inputs. */
final class NetClassifier extends StoredClassifier {
    static final String KIND = "network";

    private final NetBlueprint blueprint;
    private final long parameters;

    /** @throws IllegalArgumentException when the content is not the weights of such a network */
    NetClassifier(NetBlueprint blueprint, Stored stored) {
        super(stored);
        this.blueprint = blueprint;
        try (NetScorer net = new NetScorer(Device.cpu())) {
            parameters = net.block.getParameters().values().stream().map(Parameter::getArray).mapToLong(NDArray::size).sum();
        }
    }

    @Override
    public long parameters() {
        return parameters;
    }

    @Override
    public Map<String, Shape> layers() {
        return Taps.shapes(blueprint.block(rowShape(), classes().size()), rowShape());
    }

    @Override
    public Scorer open(Device device) {
        return new NetScorer(device);
    }

    /** The network on a device. The model owns all native memory, and must live as long as its block. */
    private final class NetScorer implements Scorer {
        private final Model model;
        private final Block block;
        private final ParameterStore parameterStore;
        private final Device device;

        NetScorer(Device device) {
            this.device = device;
            model = Model.newInstance("classifier", device, "PyTorch");
            try {
                block = blueprint.block(rowShape(), classes().size());
                model.setBlock(block);
                block.loadParameters(model.getNDManager(), new DataInputStream(new ByteArrayInputStream(content())));
                block.freezeParameters(true);
                parameterStore = new ParameterStore(model.getNDManager(), false);
            } catch (IOException e) {
                model.close();
                throw new UncheckedIOException(e);
            } catch (MalformedModelException | RuntimeException e) {
                model.close();
                throw new IllegalArgumentException("the weights do not fit " + blueprint + ": " + e.getMessage(), e);
            }
        }

        @Override
        public Answer answer(Split rows, int from, int to, Set<String> layers) {
            try (NDManager scope = model.getNDManager().newSubManager(device)) {
                NDArray batch = inputs().upload(scope, rows, from, to).reshape(new Shape(to - from).addAll(rowShape()));
                Map<String, NDArray> seen = new HashMap<>();
                float[] logits = Taps.forward(block, parameterStore, batch, false, layers, seen).toFloatArray();
                Map<String, Layer> asked = new HashMap<>();
                seen.forEach((name, layer) -> asked.put(name, new Layer(layer.toFloatArray(), layer.getShape().slice(1))));
                return new Answer(logits, asked);
            }
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
