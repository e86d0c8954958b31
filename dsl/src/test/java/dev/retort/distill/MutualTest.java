package dev.retort.distill;

import static dev.retort.Retort.cart;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.mutual;
import static dev.retort.Retort.reproduce;
import static dev.retort.Retort.resume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.retort.data.DataSet;
import dev.retort.device.Torch;
import dev.retort.loss.Batch;
import dev.retort.loss.Moment;
import dev.retort.loss.MutualLearning;
import dev.retort.model.Classifier;
import dev.retort.train.Logits;
import dev.retort.train.Monitor;
import dev.retort.train.Provenance;
import dev.retort.train.TrainingOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutualTest {
    private static final DataSet DIGITS = dataset("digits");

    @Test
    void studentsLearnTogetherAndComeToAgree() {
        List<Classifier> students = mutual(mlp(32), mlp(64, 32)).on(DIGITS.train()).run(epochs(20).seed(1));
        assertThat(students).extracting(Classifier::name).containsExactly("mlp(32)", "mlp(64, 32)");
        assertThat(students).allMatch(student -> student.accuracy(DIGITS.test()) > 0.88);
        int[] one = students.get(0).predict(DIGITS.test());
        double together = Logits.agreement(one, students.get(1).predict(DIGITS.test()));
        double apart = Logits.agreement(mlp(32).fit(DIGITS.train(), epochs(20).seed(1)).predict(DIGITS.test()),
                mlp(64, 32).fit(DIGITS.train(), epochs(20).seed(1)).predict(DIGITS.test()));
        assertThat(together).isGreaterThan(apart);
    }

    @Test
    void theSameSeedGivesTheSameStudents() {
        List<Classifier> one = mutual(mlp(8), mlp(8), mlp(4)).on(DIGITS.train()).run(epochs(1).seed(5));
        List<Classifier> again = mutual(mlp(8), mlp(8), mlp(4)).on(DIGITS.train()).run(epochs(1).seed(5));
        assertThat(one).extracting(Classifier::fingerprint).isEqualTo(again.stream().map(Classifier::fingerprint).toList());
        assertThat(one.get(0).fingerprint()).as("each begins from weights of its own").isNotEqualTo(one.get(1).fingerprint());
    }

    @Test
    void togetherTheyGoOnFromACheckpoint(@TempDir Path folder) {
        Mutual.On pair = mutual(mlp(8), mlp(4)).on(DIGITS.train());
        TrainingOptions kept = epochs(3).seed(5).checkpoint(folder.resolve("mutual.checkpoint"));
        Monitor.use(() -> progress -> {
            if (progress.stage().equals("epoch 2 of 3")) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(pair.run(kept)).allMatch(student -> student.provenance().interrupted());
        Monitor.use(() -> progress -> { });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(pair.run(kept)).extracting(Classifier::fingerprint)
                .isEqualTo(pair.run(epochs(3).seed(5)).stream().map(Classifier::fingerprint).toList());
    }

    @Test
    void noRecipeMakesOneOfThemAlone(@TempDir Path folder) {
        String file = folder.resolve("mutual.checkpoint").toString();
        Classifier one = mutual(mlp(8), mlp(4)).on(DIGITS.train()).run(epochs(1).seed(5).checkpoint(file)).get(0);
        assertThatThrownBy(() -> reproduce(one.provenance())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mlp(8) comes of mutual learning").hasMessageContaining("run mutual(…).on(…) again with epochs(1).seed(5)");
        assertThatThrownBy(() -> resume(file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mutual(mlp(8), mlp(4)) comes of mutual learning").hasMessageContaining("its checkpoint(file)");
        Provenance taught = distill(one).into(mlp(4)).on(DIGITS.train()).run(epochs(1)).student().provenance();
        assertThatThrownBy(() -> reproduce(taught)).hasMessageContaining("give it as it is, if it is a teacher");
        assertThat(reproduce(taught, one).identical()).isTrue();
    }

    /** CE(y, p) of each, and the mean over the others of KL to it, in plain arithmetic. */
    @Test
    void theLossIsZhangs() {
        float[][] logits = {{1, 2, 3}, {2, 1, 0}, {0, 3, 1}};
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            double[] own = Logits.probabilities(logits[i], 3, 1);
            expected -= Math.log(own[1]);
            for (int j = 0; j < 3; j++) {
                double[] other = Logits.probabilities(logits[j], 3, 1);
                for (int c = 0; j != i && c < 3; c++) {
                    expected += other[c] * Math.log(other[c] / own[c]) / 2;
                }
            }
        }
        try (NDManager manager = Torch.manager()) {
            Map<String, NDArray> layers = Map.of("layer.1", manager.create(new float[][] {logits[0]}),
                    "layer.2", manager.create(new float[][] {logits[1]}), "layer.3", manager.create(new float[][] {logits[2]}));
            Batch batch = new Batch(layers.get("layer.1"), null, manager.create(new long[] {1}), manager.create(new long[] {0}),
                    layers, Map.of(), Map.of(), new Moment(0, 1));
            assertThat(new MutualLearning(3).of(batch).getFloat()).isCloseTo((float) expected, within(1e-5f));
        }
    }

    @Test
    void onlySeveralNetworksCanLearnTogether() {
        assertThatThrownBy(() -> mutual(mlp(8))).hasMessageContaining("at least two students");
        assertThatThrownBy(() -> mutual(mlp(8), cart(3))).hasMessageContaining("cart(3) cannot learn step by step");
    }
}
