package dev.retort.train;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.retort.cache.TargetCache;
import dev.retort.data.Split;
import dev.retort.device.Torch;
import dev.retort.model.Classifier;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaterialTest {
    @Test
    void whatIsTooLargeForTheDeviceIsReadBatchByBatch() {
        Split rows = dataset("digits").train().take(200);
        Classifier teacher = mlp(8).fit(rows, epochs(1).seed(1));
        Monitor silent = progress -> { };
        Targets targets = new TargetCache(teacher, "test", Device.cpu(), silent).targets(rows, Set.of());
        Lesson lesson = new Lesson("test", rows, targets, softTargets(1), epochs(1), silent);
        try (NDManager manager = Torch.manager()) {
            NDArray places = manager.create(new long[] {150, 3, 77});
            Standardizer inputs = Standardizer.of(rows);
            Material near = Material.of(manager, inputs, lesson);
            Material far = Material.of(manager, inputs, lesson, 0);
            assertThat(far.teacher()).isNull();
            assertThat(near.teacher()).isNotNull();
            assertThat(far.select(manager, places).teacher()).isEqualTo(near.select(manager, places).teacher());
            assertThat(far.select(manager, places).teacher().toFloatArray()).isEqualTo(targets.answers().of(150, 3, 77));
        }
    }
}
