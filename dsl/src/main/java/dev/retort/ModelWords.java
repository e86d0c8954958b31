package dev.retort;

import ai.djl.Model;
import ai.djl.ModelException;
import ai.djl.nn.Block;
import ai.djl.repository.zoo.Criteria;
import dev.retort.data.DataSet;
import dev.retort.model.BlockSource;
import dev.retort.model.Blueprint;
import dev.retort.model.Blueprints;
import dev.retort.model.Classifier;
import dev.retort.model.ClassifierFile;
import dev.retort.model.DjlModels;
import dev.retort.model.Ensemble;
import dev.retort.model.FunctionClassifier;
import dev.retort.model.ImportedClassifier;
import dev.retort.model.RowFunction;
import dev.retort.model.TrainerSource;
import dev.retort.model.TribuoBlueprints;
import dev.retort.model.TribuoClassifier;
import dev.retort.model.TribuoModel;
import java.io.IOException;
import java.nio.file.Path;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;

/**
 * The words for models: blueprints, and classifiers from elsewhere; part of {@link Retort}.
 *
 * <p>Networks minimise a loss as it is. The models that Tribuo trains ({@link #linear}, {@link #factorisationMachine},
 * {@link #cart}, {@link #randomForest}, {@link #boostedTrees}, {@link #tribuo(String, TrainerSource)}) follow no gradient of ours, and
 * take labels, not probabilities. To them a row comes once for each class that teacher and labels ask for, as an example
 * weighted by how much: {@code softTargets}, {@code teacherLabels}, {@code hardLabels}, {@code labelSmoothing}, and sums of them.
 * These kinds all heed weights, and under cross-entropy that is the same as soft targets. Regression on logits or probabilities, the
 * other way, was no better on letter: splits by weighted labels are those of regression on probabilities; from logits boosted trees
 * learned less in four times the time, and linear models nothing. A trainer of your own that ignores weights, such as k nearest
 * neighbours or LibLinear, gets each row once, with the class that is asked for most.
 */
public abstract class ModelWords extends LossWords {
    ModelWords() {
    }

    /** A multi-layer perceptron with hidden layers of these widths. */
    public static Blueprint mlp(int... widths) {
        return Blueprints.mlp(widths);
    }

    /** A convolutional network for images, one convolution for each number of channels. */
    public static Blueprint cnn(int... channels) {
        return Blueprints.cnn(channels);
    }

    /** A residual network with batch normalisation for images, one unit of two convolutions for each number of channels. */
    public static Blueprint resnet(int... channels) {
        return Blueprints.resnet(channels);
    }

    /** One decision tree of at most this depth. Trees have no epochs, batches or learning rate: of the options only the seed counts. */
    public static Blueprint cart(int depth) {
        return TribuoBlueprints.cart(depth);
    }

    /** Decision trees that vote, each grown on a sample of the rows and columns (Breiman 2001); of the options only the seed counts. */
    public static Blueprint randomForest(int trees) {
        return TribuoBlueprints.randomForest(trees);
    }

    /** Gradient-boosted trees (XGBoost), at most 6 deep, rate 0.3, one a class and round; of the options only the seed counts. */
    public static Blueprint boostedTrees(int rounds) {
        return TribuoBlueprints.boostedTrees(rounds);
    }

    /** A linear model: logistic regression by AdaGrad, row by row; batch and learning rate do not count. */
    public static Blueprint linear() {
        return TribuoBlueprints.linear();
    }

    /** A linear model with an interaction for each two columns (Rendle 2010), trained like {@link #linear}. */
    public static Blueprint factorisationMachine(int factors) {
        return TribuoBlueprints.factorisationMachine(factors);
    }

    /**
     * A Tribuo trainer of your own, with the seed that it has; it gets standardised features. One that holds other trainers counts on in
     * them from model to model: give its source, {@code options -> …}, to have the same again. See {@link TribuoModel}.
     */
    public static TribuoModel tribuo(String name, Trainer<Label> trainer) {
        return TribuoBlueprints.tribuo(name, options -> trainer);
    }

    /** A Tribuo trainer of your own: {@code tribuo("mine", options -> new KNNTrainer<>(…))}. See {@link TrainerSource}. */
    public static TribuoModel tribuo(String name, TrainerSource source) {
        return TribuoBlueprints.tribuo(name, source);
    }

    /** A trained Tribuo model as a classifier; features are matched by name. See {@link TribuoClassifier#of}. */
    public static Classifier tribuo(org.tribuo.Model<Label> model, DataSet data) {
        return TribuoClassifier.of(model, data);
    }

    /** A network of your own, made of DJL blocks. See {@link BlockSource}. */
    public static Blueprint block(String name, BlockSource source) {
        return Blueprints.block(name, source);
    }

    /** An ONNX file as a classifier, for rows like those of a data set; it gets raw features. See {@link ImportedClassifier#onnx(Path, DataSet)}. */
    public static ImportedClassifier onnx(String file, DataSet data) throws IOException {
        return ImportedClassifier.onnx(Path.of(file), data);
    }

    /** An ONNX file of which this tensor is the answer. See {@link ImportedClassifier#onnx(Path, DataSet, String)}. */
    public static ImportedClassifier onnx(String file, DataSet data, String tensor) throws IOException {
        return ImportedClassifier.onnx(Path.of(file), data, tensor);
    }

    /** A TorchScript file as a classifier; it gets raw features. See {@link ImportedClassifier#torchScript}. */
    public static ImportedClassifier torchScript(String file, DataSet data) throws IOException {
        return ImportedClassifier.torchScript(Path.of(file), data);
    }

    /** A model that DJL loaded from TorchScript, copied; it gets raw features. See {@link DjlModels}. */
    public static ImportedClassifier djl(Model model, DataSet data) {
        return DjlModels.of(model, data);
    }

    /** A model of TorchScript that DJL finds by criteria. See {@link DjlModels}. */
    public static ImportedClassifier djl(Criteria<?, ?> criteria, DataSet data) throws IOException, ModelException {
        return DjlModels.of(criteria, data);
    }

    /** The TorchScript file in a folder of DJL: of the folder's name, or {@code model.pt}. See {@link DjlModels}. */
    public static ImportedClassifier djl(String folder, DataSet data) throws IOException, ModelException {
        return DjlModels.of(Path.of(folder), data);
    }

    /** A trained DJL block, copied into one that the blueprint makes; it gets raw features. See {@link DjlModels}. */
    public static Classifier djl(Blueprint blueprint, Block trained, DataSet data) {
        return DjlModels.of(blueprint, trained, data);
    }

    /** Your own function from a row to a probability for each class. See {@link FunctionClassifier}. */
    public static Classifier estimating(String name, DataSet data, RowFunction<double[]> function) {
        return FunctionClassifier.estimating(name, data, function);
    }

    /** Your own function from a row to the name of a class. See {@link FunctionClassifier}. */
    public static Classifier answering(String name, DataSet data, RowFunction<String> function) {
        return FunctionClassifier.answering(name, data, function);
    }

    /** Several classifiers that answer as one, with the mean of their probabilities. See {@link Ensemble}. */
    public static Ensemble ensemble(Classifier first, Classifier... others) {
        return Ensemble.of(first, others);
    }

    /** Reads a classifier that {@code save} wrote. */
    public static Classifier load(String file) throws IOException {
        return ClassifierFile.read(Path.of(file), null);
    }

    /** Reads a classifier whose network is your own, as {@code block(name, source)} described it. */
    public static Classifier load(String file, Blueprint blueprint) throws IOException {
        return ClassifierFile.read(Path.of(file), blueprint);
    }
}
