package dev.retort.model;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.hint;
import static dev.retort.Retort.load;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.onnx;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.retort.data.Answer;
import dev.retort.data.DataSet;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.distill.Run;
import dev.retort.train.Logits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final Split ROWS = DIGITS.test().take(20);

    @TempDir
    Path folder;

    @Test
    void aFileAnswersWithItsLogits() throws Exception {
        ImportedClassifier teacher = onnx(file("net.onnx", OnnxFiles.graph(-1)), DIGITS);
        assertThat(teacher.says()).isEqualTo(Says.LOGITS);
        assertThat(teacher.name()).isEqualTo("net.onnx");
        assertThat(teacher.parameters()).isEqualTo(64 * 16 + 16 * 10);
        assertLogits(teacher.scores(ROWS), 0, 1);
    }

    @Test
    void everyInnerTensorIsALayer() throws Exception {
        ImportedClassifier teacher = onnx(file("net.onnx", OnnxFiles.graph(-1)), DIGITS);
        assertThat(teacher.layers()).containsOnlyKeys("dense", "relu", "logits").containsEntry("relu", new Shape(16));
        try (Scorer scorer = teacher.open(Device.cpu())) {
            Answer answer = scorer.answer(ROWS, 3, 5, Set.of("relu"));
            double[] expected = OnnxFiles.expected(ROWS.features(4, 5)).get(0);
            for (int h = 0; h < 16; h++) {
                assertThat(answer.layers().get("relu").values()[16 + h]).isFinite().isCloseTo((float) expected[h], within(1e-4f));
            }
            assertThat(answer.layers()).containsOnlyKeys("relu");
            assertThat(answer.logits()).hasSize(20);
        }
    }

    @Test
    void aStudentLearnsFromAnInnerTensor() throws Exception {
        ImportedClassifier teacher = onnx(file("net.onnx", OnnxFiles.graph(-1)), DIGITS).standardised(0, 16);
        Run run = distill(teacher).into(mlp(16)).on(DIGITS.train())
                .loss(softTargets(1).plus(hint("relu").guides("layer.3"))).run(epochs(20).batch(32).seed(1));
        assertThat(run.history().doubleColumn("agreement").get(19)).isGreaterThan(0.7);
    }

    @Test
    void aSoftmaxAtTheEndSaysProbabilities() throws Exception {
        String file = file("softmax.onnx", OnnxFiles.softmax());
        ImportedClassifier shares = onnx(file, DIGITS).standardised(0, 16);
        ImportedClassifier logits = onnx(file, DIGITS, "logits").standardised(0, 16);
        assertThat(shares.says()).isEqualTo(Says.PROBABILITIES);
        assertThat(logits.says()).isEqualTo(Says.LOGITS);
        double[] one = Logits.probabilities(shares.scores(ROWS), 10, 1);
        double[] other = Logits.probabilities(logits.scores(ROWS), 10, 1);
        for (int i = 0; i < one.length; i++) {
            assertThat(one[i]).isFinite().isCloseTo(other[i], within(1e-5));
        }
        assertThat(shares.fingerprint()).isNotEqualTo(logits.fingerprint());
    }

    @Test
    void aGraphOfAFixedBatchIsFilledUp() throws Exception {
        assertLogits(onnx(file("eight.onnx", OnnxFiles.graph(8)), DIGITS).scores(ROWS), 0, 1);
    }

    @Test
    void inputsAreStandardisedWhenTold() throws Exception {
        ImportedClassifier raw = onnx(file("net.onnx", OnnxFiles.graph(-1)), DIGITS);
        assertLogits(raw.standardised(8, 4).scores(ROWS), 8, 4);
        assertThat(raw.standardised(8, 4).fingerprint()).isNotEqualTo(raw.fingerprint());
        assertThatThrownBy(() -> raw.standardised(0, 0)).hasMessageContaining("one deviation above 0");
        assertThatThrownBy(() -> raw.standardised(new double[3], new double[3])).hasMessageContaining("all 64 columns");
    }

    @Test
    void itsOwnOrderOfClassesIsPutRight() throws Exception {
        ImportedClassifier teacher = onnx(file("net.onnx", OnnxFiles.graph(-1)), DIGITS);
        Classifier backwards = teacher.classOrder("9", "8", "7", "6", "5", "4", "3", "2", "1", "0");
        float[] expected = teacher.scores(ROWS);
        float[] scores = backwards.scores(ROWS);
        for (int c = 0; c < 10; c++) {
            assertThat(scores[c]).isEqualTo(expected[9 - c]);
        }
        assertThat(backwards.classes()).isEqualTo(DIGITS.classes());
        assertThatThrownBy(() -> teacher.classOrder("a", "b")).hasMessageContaining("more than another order");
    }

    @Test
    void aSavedFileAnswersTheSame() throws Exception {
        ImportedClassifier teacher = onnx(file("net.onnx", OnnxFiles.softmax()), DIGITS, "logits").standardised(8, 4);
        Path saved = folder.resolve("saved.retort");
        teacher.save(saved);
        Classifier loaded = load(saved.toString());
        assertThat(loaded.scores(ROWS)).isEqualTo(teacher.scores(ROWS));
        assertThat(loaded.fingerprint()).isEqualTo(teacher.fingerprint());
    }

    @Test
    void aFileWhoseWeightsLieBesideItIsRefused() throws Exception {
        GraphProto.Builder graph = OnnxFiles.graph(-1);
        TensorProto beside = graph.getInitializer(1).toBuilder().clearFloatData().setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue("net.onnx.data")).build();
        String file = file("net.onnx", graph.setInitializer(1, beside));
        assertThatThrownBy(() -> onnx(file, DIGITS)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("net.onnx cannot be used for digits: its weights are in files beside it; export it as one file");
    }

    @Test
    void aFileThatCannotBeUsedIsRefusedWithTheReason() throws Exception {
        byte[] whole = OnnxFiles.file(OnnxFiles.graph(-1));
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> onnx(cut.toString(), DIGITS)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cut.onnx cannot be used for digits: it is no ONNX file, or it is cut off");
        assertThatThrownBy(() -> onnx(folder.resolve("absent.onnx").toString(), DIGITS))
                .isInstanceOf(IOException.class).hasMessageContaining("no such file");
        String unknown = file("unknown.onnx", OnnxFiles.graph(-1).setNode(1, OnnxFiles.node("Frobnicate", "relu", "dense")));
        assertThatThrownBy(() -> onnx(unknown, DIGITS)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Frobnicate").hasMessageContaining("operators of the ONNX standard");
        String net = file("net.onnx", OnnxFiles.graph(-1));
        assertThatThrownBy(() -> onnx(net, dataset("letter"))).hasMessageContaining("[-1, 64]").hasMessageContaining("(16)");
        assertThatThrownBy(() -> onnx(net, DIGITS, "relu")).hasMessageContaining("no tensor 'relu' of 10 numbers a row")
                .hasMessageContaining("logits=(10)");
        String hidden = file("hidden.onnx", OnnxFiles.graph(-1).clearOutput()
                .addOutput(OnnxFiles.tensor("relu", TensorProto.DataType.FLOAT, -1, 16)));
        assertThatThrownBy(() -> onnx(hidden, DIGITS)).hasMessageContaining("none of its outputs is a row of 10 numbers");
        String integers = file("integers.onnx", OnnxFiles.graph(-1).clearInput().clearNode()
                .addInput(OnnxFiles.tensor("pixels", TensorProto.DataType.INT64, -1, 64))
                .addNode(OnnxFiles.node("Identity", "logits", "pixels")).clearOutput()
                .addOutput(OnnxFiles.tensor("logits", TensorProto.DataType.INT64, -1, 64)));
        assertThatThrownBy(() -> onnx(integers, DIGITS)).hasMessageContaining("one tensor of floats");
    }

    private String file(String name, GraphProto.Builder graph) throws IOException {
        return Files.write(folder.resolve(name), OnnxFiles.file(graph)).toString();
    }

    private static void assertLogits(float[] scores, float mean, float deviation) {
        for (int i = 0; i < ROWS.size(); i++) {
            float[] pixels = ROWS.features(i, i + 1);
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = (pixels[j] - mean) / deviation;
            }
            double[] expected = OnnxFiles.expected(pixels).get(1);
            for (int c = 0; c < 10; c++) {
                assertThat(scores[i * 10 + c]).isFinite().isCloseTo((float) expected[c], within(1e-3f));
            }
        }
    }
}
