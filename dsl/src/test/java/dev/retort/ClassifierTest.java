package dev.retort;

import static dev.retort.Retort.block;
import static dev.retort.Retort.cnn;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.load;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.resnet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Table;

class ClassifierTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final Blueprint OWN = linear("own");
    private static Classifier teacher;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainTheTeacher() {
        teacher = mlp(32).fit(DIGITS.train(), epochs(10).seed(1));
    }

    @Test
    void logitsAreATableOfOneColumnAClass() {
        Split rows = DIGITS.test().take(30);
        Table logits = teacher.logits(rows);
        assertThat(logits.columnNames())
                .containsExactly("row", "label", "predicted", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(logits.intColumn("row").asObjectArray()).containsExactly(Arrays.stream(rows.ids()).boxed().toArray(Integer[]::new));
        for (int i = 0; i < rows.size(); i++) {
            String predicted = logits.stringColumn("predicted").get(i);
            for (String other : rows.classes()) {
                assertThat(logits.doubleColumn(predicted).get(i)).isGreaterThanOrEqualTo(logits.doubleColumn(other).get(i));
            }
        }
    }

    @Test
    void probabilitiesSumToOneAndSoftenWithTheTemperature() {
        Split rows = DIGITS.test().take(30);
        Table sharp = teacher.probabilities(rows, 1);
        Table soft = teacher.probabilities(rows, 8);
        for (int i = 0; i < rows.size(); i++) {
            int row = i;
            assertThat(rows.classes().stream().mapToDouble(c -> soft.doubleColumn(c).get(row)).sum()).isCloseTo(1, within(1e-9));
            String predicted = sharp.stringColumn("predicted").get(i);
            assertThat(soft.doubleColumn(predicted).get(i)).isLessThan(sharp.doubleColumn(predicted).get(i));
        }
        assertThatThrownBy(() -> teacher.probabilities(rows, 0)).hasMessageContaining("a temperature is above 0, not 0.0");
    }

    @Test
    void itsSizeIsWhatItLearned() {
        assertThat(teacher.parameters()).isEqualTo(64 * 32 + 32 + 32 * 10 + 10);
        assertThat(teacher.bytes()).isBetween(4 * teacher.parameters(), 4 * teacher.parameters() + 1000);
    }

    static Stream<Blueprint> blueprints() {
        return Stream.of(mlp(16, 8), cnn(4), resnet(4, 8), OWN);
    }

    @ParameterizedTest
    @MethodSource("blueprints")
    void aSavedClassifierAnswersTheSameBitByBit(Blueprint blueprint) throws Exception {
        Classifier saved = blueprint.fit(DIGITS.train(), epochs(1).seed(1));
        Path file = folder.resolve("saved.retort");
        saved.save(file);
        Classifier loaded = load(file.toString(), blueprint);
        assertThat(loaded.scores(DIGITS.test())).isEqualTo(saved.scores(DIGITS.test()));
        assertThat(loaded.fingerprint()).isEqualTo(saved.fingerprint());
        assertThat(loaded.provenance()).isEqualTo(saved.provenance());
        assertThat(loaded.classes()).isEqualTo(saved.classes());
    }

    @Test
    void provenanceSaysHowItWasMade() throws Exception {
        Classifier student = distill(teacher).into(mlp(4)).on(DIGITS.train().take(200)).run(epochs(2).seed(5).device("cpu")).student();
        Path file = folder.resolve("student.retort");
        student.save(file);
        assertThat(load(file.toString()).provenance()).satisfies(made -> {
            assertThat(made.data()).isEqualTo("digits/train.take(200)");
            assertThat(made.dataFingerprint()).isEqualTo(DIGITS.fingerprint());
            assertThat(made.rows()).isEqualTo(200);
            assertThat(made.loss()).isEqualTo("softTargets(2).times(0.5).plus(hardLabels().times(0.5))");
            assertThat(made.options()).isEqualTo("epochs(2).seed(5).batch(128).optimizer(adam(0.001))");
            assertThat(made.epochs()).isEqualTo(2);
            assertThat(made.steps()).isEqualTo(4);
            assertThat(made.model()).isEqualTo("mlp(4)");
            assertThat(made.fingerprint()).isEqualTo(student.fingerprint());
            assertThat(made.kept()).isEqualTo(2);
            assertThat(made.seconds()).isPositive();
            assertThat(made.teacher().name()).isEqualTo("mlp(32)");
            assertThat(made.teacher().provenance()).isEqualTo(teacher.provenance());
            assertThat(made.versions()).containsEntry("djl", "0.35.1").containsEntry("pytorch", "2.7.1").containsKeys("java", "retort");
            assertThat(made.device()).isEqualTo("cpu");
        });
    }

    @Test
    void provenanceShowsOneFactALine() {
        Classifier student = distill(teacher).into(mlp(4)).on(DIGITS.train().take(200)).run(epochs(2).seed(5).device("cpu")).student();
        List<String> lines = student.provenance().toString().lines().toList();
        assertThat(lines).startsWith(
                "model     mlp(4) (" + student.fingerprint().substring(0, 12) + ")",
                "teacher   mlp(32) (" + teacher.fingerprint().substring(0, 12) + ")",
                "data      digits/train.take(200), 200 rows (" + DIGITS.fingerprint().substring(0, 12) + ")",
                "loss      softTargets(2).times(0.5).plus(hardLabels().times(0.5))",
                "options   epochs(2).seed(5).batch(128).optimizer(adam(0.001))",
                "trained   2 epochs, 4 steps").hasSize(8);
        assertThat(lines.get(6)).matches("when      \\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z on cpu, \\d+\\.\\d s");
        assertThat(lines.get(7)).startsWith("versions  {djl=0.35.1, java=").contains("pytorch=2.7.1", "retort=");
        assertThat(teacher.provenance().toString()).contains("\nteacher   none\n");
    }

    @Test
    void aTruncatedFileIsRefusedWhereverItEnds() throws Exception {
        Path whole = folder.resolve("whole.retort");
        teacher.save(whole);
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {0, 1, 100, bytes.length / 2, bytes.length - 1}) {
            Path part = Files.write(folder.resolve("part.retort"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> load(part.toString())).isInstanceOf(IOException.class)
                    .hasMessageContaining("part.retort").hasMessageContaining("save it again");
        }
    }

    @Test
    void aForeignFileIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a classifier");
        assertThatThrownBy(() -> load(text.toString())).isInstanceOf(IOException.class).hasMessageContaining("is not a saved classifier");
        Path zip = folder.resolve("other.zip");
        try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.writeString(archive.getPath("readme"), "a ZIP of something else");
        }
        assertThatThrownBy(() -> load(zip.toString())).isInstanceOf(IOException.class).hasMessageContaining("no classifier.json in it");
        assertThatThrownBy(() -> load(folder.resolve("absent").toString())).isInstanceOf(IOException.class).hasMessageContaining("no such file");
    }

    @Test
    void alteredWeightsAreRefused() throws Exception {
        Path file = folder.resolve("altered.retort");
        teacher.save(file);
        try (FileSystem archive = FileSystems.newFileSystem(file)) {
            byte[] weights = Files.readAllBytes(archive.getPath("content.bin"));
            weights[weights.length - 1] ^= 1;
            Files.write(archive.getPath("content.bin"), weights);
        }
        assertThatThrownBy(() -> load(file.toString())).isInstanceOf(IOException.class).hasMessageContaining("does not match its checksum");
    }

    @Test
    void anotherFormatIsNamed() throws Exception {
        Path file = folder.resolve("future.retort");
        teacher.save(file);
        try (FileSystem archive = FileSystems.newFileSystem(file)) {
            Path header = archive.getPath("classifier.json");
            String json = Files.readString(header, StandardCharsets.UTF_8);
            Files.writeString(header, json.replace("\"format\" : 2", "\"format\" : 3"));
        }
        assertThatThrownBy(() -> load(file.toString())).hasMessageContaining("has the format 3, this version reads 2");
    }

    @Test
    void aNetworkOfOnesOwnIsLoadedWithIt() throws Exception {
        Path file = folder.resolve("own.retort");
        OWN.fit(DIGITS.train(), epochs(1)).save(file);
        assertThatThrownBy(() -> load(file.toString())).hasMessageContaining("block(\"own\", () -> …)");
        assertThatThrownBy(() -> load(file.toString(), linear("another")))
                .hasMessageContaining("block(\"own\")").hasMessageContaining("not of block(\"another\")");
        assertThat(load(file.toString(), OWN).name()).isEqualTo("block(\"own\")");
    }

    @Test
    void savingReplacesAFileAndLeavesNothingElse() throws Exception {
        Path file = Files.writeString(folder.resolve("student.retort"), "something older");
        teacher.save(file.toString());
        assertThat(load(file.toString()).fingerprint()).isEqualTo(teacher.fingerprint());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThatThrownBy(() -> teacher.save(folder.resolve("nowhere").resolve("student.retort")))
                .isInstanceOf(IOException.class).hasMessageContaining("no such folder");
    }

    private static Blueprint linear(String name) {
        return block(name, () -> new SequentialBlock()
                .add(Blocks.batchFlattenBlock(64))
                .add(Linear.builder().setUnits(10).build()));
    }
}
