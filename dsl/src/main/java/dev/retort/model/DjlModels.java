package dev.retort.model;

import ai.djl.Model;
import ai.djl.ModelException;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.repository.zoo.Criteria;
import dev.retort.data.DataSet;
import dev.retort.device.Torch;
import dev.retort.train.Provenance;
import dev.retort.train.Standardizer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Models that DJL holds, as classifiers: copied, so that what becomes of the model later does not change the classifier. */
public final class DjlModels {
    private DjlModels() {
    }

    /** @throws IllegalArgumentException when it is made of Java blocks, or does not suit the data set */
    public static ImportedClassifier of(Model model, DataSet data) {
        if (!(model.getBlock() instanceof PtSymbolBlock script)) {
            throw new IllegalArgumentException("the model " + model.getName() + " is made of Java blocks, of which only the weights can be"
                    + " copied; say how to make such blocks: djl(block(\"" + model.getName() + "\", () -> …), model.getBlock(), data)");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JniUtils.writeModule(script, bytes, false);
        return ImportedClassifier.of(ScriptEngine.KIND, model.getName(), bytes.toByteArray(), data, null);
    }

    /** Loads what the criteria describe, copies it and closes it. */
    public static ImportedClassifier of(Criteria<?, ?> criteria, DataSet data) throws IOException, ModelException {
        Torch.engine();
        try (Model model = criteria.loadModel()) {
            return of(model, data);
        }
    }

    /** A folder with a TorchScript file of its name, or {@code model.pt}. */
    public static ImportedClassifier of(Path folder, DataSet data) throws IOException, ModelException {
        return of(Criteria.builder().setTypes(NDList.class, NDList.class).optModelPath(folder).optEngine("PyTorch").build(), data);
    }

    /** @throws IllegalArgumentException when the blueprint makes other blocks than this one */
    public static Classifier of(Blueprint blueprint, Block trained, DataSet data) {
        if (!(blueprint instanceof NetBlueprint net)) {
            throw new IllegalArgumentException(blueprint + " makes no DJL block; give block(name, () -> …)");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            trained.saveParameters(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stored stored = new Stored(Stored.Description.of(NetClassifier.KIND, blueprint, data.train(), Standardizer.NONE), null,
                bytes.toByteArray());
        String fingerprint = ClassifierFile.digest(stored.description(), stored.content());
        return new NetClassifier(net, stored.told(Provenance.elsewhere(blueprint.toString(), fingerprint, "")));
    }
}
