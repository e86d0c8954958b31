package dev.retort.model;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import dev.retort.train.Taps;
import java.util.Map;

/** A trained network: its blueprint, its weights as DJL writes them, and how rows become its inputs. */
final class NetClassifier extends StoredClassifier {
    static final String KIND = "network";

    private final NetBlueprint blueprint;
    private final long parameters;

    /** @throws IllegalArgumentException when the content is not the weights of such a network */
    NetClassifier(NetBlueprint blueprint, Stored stored) {
        super(stored);
        this.blueprint = blueprint;
        try (NetScorer scorer = scorer(Device.cpu())) {
            parameters = scorer.parameters();
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
        return scorer(device);
    }

    private NetScorer scorer(Device device) {
        return new NetScorer(name(), blueprint.block(rowShape(), classes().size()), content(), rowShape(), inputs(), device);
    }
}
