package dev.retort.model;

import ai.djl.Device;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.retort.data.Answer;
import dev.retort.data.DataSet;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.model.Stored.Description;
import dev.retort.train.Logits;
import dev.retort.train.Provenance;
import dev.retort.train.Standardizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.fm.FMClassificationModel;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.math.la.Tensor;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.transform.TransformedModel;

/** A model that Tribuo trained and Tribuo runs: its content is the message that Tribuo writes. */
public final class TribuoClassifier extends StoredClassifier {
    static final String KIND = "tribuo";

    private static final String SAYS = "says";
    private static final String PARAMETERS = "parameters";
    private static final String FEATURES = "features";
    private static final int METADATA = 1;
    private static final int PROVENANCE = 2;
    /** What a model is made of that is made of models; each of them tells the time, too. */
    private static final int MEMBERS = 2;
    private static final Set<String> OF_MODELS = Set.of(WeightedEnsembleModel.class.getName(), TransformedModel.class.getName());

    private final TribuoInputs examples;

    TribuoClassifier(Stored stored) {
        super(stored);
        String features = detail(FEATURES);
        examples = features == null ? new TribuoInputs(inputs(), (int) rowShape().size())
                : new TribuoInputs(inputs(), List.of(features.split("\n")));
    }

    /**
     * A model that was trained elsewhere. It gets raw features: columns by their names; pixels by their numbers, as Tribuo's own
     * readers of images call them. Its provenance is Tribuo's: which trainer, on what data, when.
     *
     * @throws IllegalArgumentException when it knows features or classes that the data set has not
     */
    public static TribuoClassifier of(Model<Label> model, DataSet data) {
        List<String> features = features(model, data);
        requireAll("feature", features, model.getFeatureIDMap().keySet(), data);
        requireAll("class", data.classes(), model.getOutputIDInfo().getDomain().stream().map(Label::getLabel).toList(), data);
        Map<String, String> details = new HashMap<>(details(model));
        details.put(FEATURES, String.join("\n", features));
        Description description = new Description(KIND, "tribuo(" + model.getName() + ")", data.classes(),
                data.rowShape().getShape(), data.columns(), Standardizer.NONE.mean(), Standardizer.NONE.deviation(), details);
        Stored stored = new Stored(description, null, content(model));
        String fingerprint = new TribuoClassifier(stored).fingerprint();
        return new TribuoClassifier(stored.told(
                Provenance.elsewhere(description.name(), fingerprint, model.getProvenance().toString())));
    }

    private static List<String> features(Model<Label> model, DataSet data) {
        return data.columns().isEmpty()
                ? TribuoInputs.numbered((int) data.rowShape().size(), model.getFeatureIDMap().get(0).getName().length())
                : data.columns();
    }

    private static void requireAll(String what, List<String> known, Collection<String> needed, DataSet data) {
        for (String name : needed) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("the model of Tribuo knows a " + what + " '" + name + "', but " + data.name()
                        + " has none of that name; its first are " + String.join(", ", known.subList(0, Math.min(5, known.size()))));
            }
        }
    }

    static Map<String, String> details(Model<Label> model) {
        Says says = model.generatesProbabilities() ? Says.PROBABILITIES : Says.LABELS;
        return Map.of(SAYS, says.name(), PARAMETERS, String.valueOf(parameters(model)));
    }

    static byte[] content(Model<Label> model) {
        return model.serialize().toByteArray();
    }

    /** Without the provenance, which every message has in the same place and which tells the time of the training. */
    @Override
    byte[] decisive(byte[] content) {
        try {
            return timeless(ModelProto.parseFrom(content)).toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a model of Tribuo: " + e.getMessage(), e);
        }
    }

    private static ModelProto timeless(ModelProto model) throws InvalidProtocolBufferException {
        UnknownFieldSet data = UnknownFieldSet.parseFrom(model.getSerializedData().getValue());
        UnknownFieldSet metadata = UnknownFieldSet.parseFrom(data.getField(METADATA).getLengthDelimitedList().get(0));
        UnknownFieldSet.Builder rest = UnknownFieldSet.newBuilder(data)
                .addField(METADATA, field(List.of(UnknownFieldSet.newBuilder(metadata).clearField(PROVENANCE).build().toByteString())));
        if (OF_MODELS.contains(model.getClassName())) {
            List<ByteString> members = new ArrayList<>();
            for (ByteString member : data.getField(MEMBERS).getLengthDelimitedList()) {
                members.add(timeless(ModelProto.parseFrom(member)).toByteString());
            }
            rest.addField(MEMBERS, field(members));
        }
        Any stripped = model.getSerializedData().toBuilder().setValue(rest.build().toByteString()).build();
        return model.toBuilder().setSerializedData(stripped).build();
    }

    private static UnknownFieldSet.Field field(List<ByteString> messages) {
        UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
        messages.forEach(field::addLengthDelimited);
        return field.build();
    }

    @Override
    public Says says() {
        return Says.valueOf(detail(SAYS));
    }

    @Override
    public long parameters() {
        return Long.parseLong(detail(PARAMETERS));
    }

    /** The model is on the heap, whatever the device. */
    @Override
    public Scorer open(Device device) {
        Model<Label> model = model();
        return (rows, from, to, layers) -> new Answer(answer(model, rows, from, to));
    }

    private Model<Label> model() {
        try {
            return Model.deserialize(ModelProto.parseFrom(content())).castModel(Label.class);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a model of Tribuo: " + e.getMessage(), e);
        }
    }

    private float[] answer(Model<Label> model, Split rows, int from, int to) {
        List<Prediction<Label>> predictions = model.predict(examples.examples(rows, from, to));
        int classes = classes().size();
        double[] probabilities = new double[predictions.size() * classes];
        for (int i = 0; i < predictions.size(); i++) {
            Prediction<Label> prediction = predictions.get(i);
            for (int c = 0; c < classes; c++) {
                probabilities[i * classes + c] = probability(prediction, classes().get(c));
            }
        }
        return Logits.ofProbabilities(probabilities);
    }

    private double probability(Prediction<Label> prediction, String name) {
        if (says() == Says.LABELS) {
            return prediction.getOutput().getLabel().equals(name) ? 1 : 0;
        }
        Label label = prediction.getOutputScores().get(name);
        return label == null ? 0 : label.getScore();
    }

    /** The weights of the kinds that show them; 0 for others. */
    private static long parameters(Model<Label> model) {
        if (model instanceof LinearSGDModel linear) {
            return size(linear.getWeightsCopy());
        }
        if (model instanceof FMClassificationModel machine) {
            return size(machine.getBiasesCopy()) + size(machine.getLinearWeightsCopy())
                    + Arrays.stream(machine.getFactorsCopy()).mapToLong(TribuoClassifier::size).sum();
        }
        return 0;
    }

    private static long size(Tensor tensor) {
        return Arrays.stream(tensor.getShape()).asLongStream().reduce(1, Math::multiplyExact);
    }
}
