package dev.retort.model;

import static dev.retort.Retort.block;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.djl;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.load;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.torchScript;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.repository.zoo.Criteria;
import ai.djl.training.GradientCollector;
import dev.retort.data.DataSet;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.device.Torch;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The TorchScript files were written by PyTorch 2.7.1: {@code normed.pt}, left in training mode, is
 * {@code h = max_pool2d(relu(BatchNorm2d(4)(Conv2d(1, 4, 3, padding=1)(x / 16))), 2).flatten(1)} and returns
 * {@code (Linear(64, 10)(h), h)}; {@code flat.pt} is {@code Sequential(Linear(64, 10), Softmax(-1))}.
 */
class DjlTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final Split ROWS = DIGITS.test().take(20);

    @TempDir
    Path folder;

    @Test
    void aScriptAnswersAsPyTorchDidInInferenceMode() throws Exception {
        ImportedClassifier teacher = torchScript(resource("normed.pt"), DIGITS);
        assertThat(teacher.says()).isEqualTo(Says.LOGITS);
        assertThat(teacher.parameters()).isEqualTo(4 * 9 + 4 + 4 + 4 + 64 * 10 + 10);
        assertThat(teacher.layers()).containsEntry("output.1", new Shape(10)).containsEntry("output.2", new Shape(64));
        ImportedEngine engine = ImportedEngine.of(ScriptEngine.KIND, Files.readAllBytes(Path.of(resource("normed.pt"))), DIGITS.rowShape());
        float[] row = new float[64];
        for (int i = 0; i < row.length; i++) {
            row[i] = i % 17;
        }
        try (ImportedEngine.Session session = engine.open(Device.cpu())) {
            float[] logits = session.run(row, 1, Set.of("output.1")).get("output.1").values();
            float[] pytorch = {0.021381840f, 0.467734098f, 0.243782863f, 0.368309766f, -0.316091418f, 0.117005467f, 0.230629951f,
                -0.929403663f, 0.563974261f, -0.761041999f};
            for (int c = 0; c < 10; c++) {
                assertThat(logits[c]).isFinite().isCloseTo(pytorch[c], within(1e-5f));
            }
        }
    }

    @Test
    void aTeacherWithBatchNormDoesNotDriftWhileItTeaches() throws Exception {
        Classifier teacher = torchScript(resource("normed.pt"), DIGITS);
        float[] before = teacher.scores(ROWS);
        distill(teacher).into(mlp(8)).on(DIGITS.train().take(300)).loss(softTargets(2)).run(epochs(2).seed(1));
        assertThat(teacher.scores(ROWS)).isEqualTo(before);
    }

    @Test
    void aTeacherIsNoPartOfTheGradient() throws Exception {
        Classifier teacher = torchScript(resource("normed.pt"), DIGITS);
        try (Scorer scorer = teacher.open(Device.cpu()); NDManager manager = Torch.manager()) {
            try (GradientCollector collector = Torch.engine().newGradientCollector()) {
                NDList answer = new NDList(manager.create(scorer.logits(ROWS, 0, 5)));
                assertThatThrownBy(() -> collector.backward(answer.get(0).sum())).hasMessageContaining("does not require grad");
            }
        }
    }

    @Test
    void aScriptMayTakeRowsFlatAndSayProbabilities() throws Exception {
        ImportedClassifier teacher = torchScript(resource("flat.pt"), DIGITS).standardised(0, 16);
        assertThat(teacher.says()).isEqualTo(Says.PROBABILITIES);
        assertThat(teacher.probabilities(ROWS, 1).rowCount()).isEqualTo(20);
    }

    @Test
    void aSavedScriptAnswersTheSame() throws Exception {
        ImportedClassifier teacher = torchScript(resource("normed.pt"), DIGITS).standardised(8, 4);
        teacher.save(folder.resolve("saved.retort"));
        Classifier loaded = load(folder.resolve("saved.retort").toString());
        assertThat(loaded.scores(ROWS)).isEqualTo(teacher.scores(ROWS));
        assertThat(loaded.fingerprint()).isEqualTo(teacher.fingerprint());
    }

    @Test
    void aScriptThatCannotBeUsedIsRefusedWithTheReason() throws Exception {
        assertThatThrownBy(() -> torchScript(resource("flat.pt"), dataset("letter"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("flat.pt cannot be used for letter: it takes neither batches of (-1, 16)")
                .hasMessageContaining("shapes cannot be multiplied");
        byte[] whole = Files.readAllBytes(Path.of(resource("flat.pt")));
        Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> torchScript(cut.toString(), DIGITS)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cut.pt").hasMessageContaining("no TorchScript file, or it is cut off");
        assertThatThrownBy(() -> torchScript("absent.pt", DIGITS)).isInstanceOf(IOException.class).hasMessageContaining("no such file");
    }

    @Test
    void aFolderCriteriaAndALoadedModelGiveTheSameClassifier() throws Exception {
        Path model = Files.createDirectory(folder.resolve("normed"));
        Files.copy(Path.of(resource("normed.pt")), model.resolve("normed.pt"));
        float[] expected = torchScript(resource("normed.pt"), DIGITS).scores(ROWS);
        assertThat(djl(model.toString(), DIGITS).scores(ROWS)).isEqualTo(expected);
        Criteria<NDList, NDList> criteria = Criteria.builder().setTypes(NDList.class, NDList.class)
                .optModelPath(model).optEngine("PyTorch").build();
        assertThat(djl(criteria, DIGITS).scores(ROWS)).isEqualTo(expected);
        ImportedClassifier copied;
        try (Model loaded = criteria.loadModel()) {
            copied = djl(loaded, DIGITS);
        }
        assertThat(copied.scores(ROWS)).as("it needs the model no more").isEqualTo(expected);
    }

    @Test
    void aTrainedBlockIsCopied() throws Exception {
        Torch.engine();
        try (Model model = Model.newInstance("own", "PyTorch")) {
            Block trained = flat();
            trained.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 1, 8, 8));
            model.setBlock(trained);
            Blueprint blueprint = block("own", DjlTest::flat);
            Classifier classifier = djl(blueprint, trained, DIGITS);
            float[] before = classifier.scores(ROWS);
            trained.getParameters().valueAt(0).getArray().muli(2);
            assertThat(classifier.scores(ROWS)).isEqualTo(before);
            assertThat(djl(blueprint, trained, DIGITS).scores(ROWS)).isNotEqualTo(before);
            classifier.save(folder.resolve("own.retort"));
            assertThat(load(folder.resolve("own.retort").toString(), blueprint).scores(ROWS)).isEqualTo(before);
            assertThatThrownBy(() -> djl(model, DIGITS)).hasMessageContaining("djl(block(\"own\", () -> …), model.getBlock(), data)");
        }
    }

    private static Block flat() {
        return new SequentialBlock().add(Blocks.batchFlattenBlock(64)).add(Linear.builder().setUnits(10).build());
    }

    private static String resource(String name) throws URISyntaxException {
        return Path.of(DjlTest.class.getResource(name).toURI()).toString();
    }
}
