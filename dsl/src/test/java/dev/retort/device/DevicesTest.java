package dev.retort.device;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.device;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.retort.data.DataSet;
import dev.retort.distill.Sweep;
import dev.retort.model.Classifier;
import dev.retort.model.Scorer;
import dev.retort.train.Standardizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
    @Test
    void theCpuIsAlwaysThere() {
        assertThat(device("cpu")).isEqualTo(Device.cpu());
        assertThat(device()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tpu", "gpu:", "gpu:x", "gpu:-1", "cuda"})
    void anUnknownNameIsRefused(String name) {
        assertThatThrownBy(() -> device(name)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no device '" + name + "'").hasMessageContaining("gpu:0");
    }

    @Test
    void withoutAGpuTheErrorSaysWhatToInstall() {
        assumeFalse(hasGpu(), "this machine has a GPU");
        assertThatThrownBy(() -> device("gpu:0")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finds no GPU").hasMessageContaining("pip install torch==2.7.1")
                .hasMessageContaining("PYTORCH_LIBRARY_PATH");
        assertThatThrownBy(() -> epochs(1).device("gpu")).hasMessageContaining("finds no GPU");
        assertThat(device()).isEqualTo(Device.cpu());
    }

    @Test
    void theGpuComesFirst() {
        assumeTrue(hasGpu(), "skipped: no GPU on this machine");
        assertThat(device()).isEqualTo(Device.gpu());
        assertThatThrownBy(() -> device("gpu:99")).hasMessageContaining("no device 'gpu:99'");
    }

    @Test
    void aGpuTrainsAndAnswersAsTheCpuDoes() {
        assumeTrue(hasGpu(), "skipped: no GPU on this machine");
        DataSet digits = dataset("digits");
        Classifier trained = mlp(64).fit(digits.train(), epochs(30).seed(1).device("gpu:0"));
        assertThat(trained.provenance().device()).isEqualTo("gpu:0");
        assertThat(trained.accuracy(digits.test())).isGreaterThan(0.9);
        float[] gpu = logits(trained, digits, Device.gpu());
        float[] cpu = logits(trained, digits, Device.cpu());
        for (int i = 0; i < gpu.length; i++) {
            assertThat(gpu[i]).isCloseTo(cpu[i], within(1e-3f));
        }
    }

    @Test
    void aGpuTrainsInMixedPrecision() {
        assumeTrue(hasGpu(), "skipped: no GPU on this machine");
        DataSet digits = dataset("digits");
        assertThat(mlp(64).fit(digits.train(), epochs(30).seed(1).mixedPrecision()).accuracy(digits.test())).isGreaterThan(0.9);
    }

    @Test
    void aSweepTrainsANetOnEachGpu() {
        assumeTrue(Torch.engine().getGpuCount() >= 2, "skipped: fewer than two GPUs on this machine");
        DataSet digits = dataset("digits");
        Classifier teacher = mlp(32).fit(digits.train(), epochs(2).seed(1));
        Sweep sweep = distill(teacher).into(mlp(8), mlp(16)).on(digits.train()).run(epochs(2).seed(1));
        assertThat(sweep.runs()).extracting(run -> run.student().provenance().device()).containsExactly("gpu:0", "gpu:1");
    }

    @Test
    void rowsGoToTheDeviceOfTheirManager() {
        DataSet digits = dataset("digits");
        try (NDManager manager = Torch.engine().newBaseManager(device())) {
            assertThat(Standardizer.of(digits.train()).upload(manager, digits.test()).getDevice()).isEqualTo(device());
        }
    }

    private static float[] logits(Classifier classifier, DataSet data, Device device) {
        try (Scorer scorer = classifier.open(device)) {
            return scorer.logits(data.test(), 0, data.test().size());
        }
    }

    private static boolean hasGpu() {
        return Torch.engine().getGpuCount() > 0;
    }
}
