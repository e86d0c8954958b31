package dev.retort.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Split;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a net learns from: rows, and what labels and teacher say of them, in the same order on one device.
 *
 * @param features rows × width
 * @param labels   rows, INT64
 * @param teacher  rows × classes, logits; null without a teacher
 * @param layers   the teacher's inner layers, rows × …, by name
 * @param distant  what the teacher said, when that is too large for the device: it is read batch by batch; otherwise null
 */
record Material(NDArray features, NDArray labels, NDArray teacher, Map<String, NDArray> layers, Targets distant) {
    private static final long MOST_BYTES_ON_DEVICE = 1L << 30;

    /** Puts all of it on the manager's device. */
    static Material of(NDManager manager, Standardizer inputs, Lesson lesson) {
        return of(manager, inputs, lesson, lesson.rows().isVaried() ? Long.MAX_VALUE : MOST_BYTES_ON_DEVICE);
    }

    static Material of(NDManager manager, Standardizer inputs, Lesson lesson, long mostBytesOnDevice) {
        Split rows = lesson.rows();
        Targets targets = lesson.targets();
        NDArray features = inputs.upload(manager, rows);
        NDArray labels = manager.create(rows.labels()).toType(DataType.INT64, false);
        Material alone = new Material(features, labels, null, Map.of(), null);
        if (targets == null) {
            return alone;
        }
        return targets.bytes() > mostBytesOnDevice
                ? new Material(features, labels, null, Map.of(), targets)
                : alone.taught(targets, said -> manager.create(said.range(0, said.rows()), new Shape(said.rows()).addAll(said.shape())));
    }

    /** Some of the rows. */
    Material select(NDManager scope, NDArray places) {
        NDIndex chosen = new NDIndex("{}", places);
        Material some = map((name, array) -> array.get(scope, chosen));
        if (distant == null) {
            return some;
        }
        long[] rows = places.toLongArray();
        return some.taught(distant, said -> scope.create(said.of(rows), new Shape(rows.length).addAll(said.shape())));
    }

    /** Another array in the place of each, made from its name and itself. */
    Material map(BiFunction<String, NDArray, NDArray> function) {
        Map<String, NDArray> mapped = new HashMap<>();
        layers.forEach((name, layer) -> mapped.put(name, function.apply("layer " + name, layer)));
        return new Material(function.apply("features", features), function.apply("labels", labels),
                teacher == null ? null : function.apply("teacher", teacher), mapped, distant);
    }

    private Material taught(Targets targets, Function<Said, NDArray> upload) {
        Map<String, NDArray> uploaded = new HashMap<>();
        targets.layers().forEach((name, layer) -> uploaded.put(name, upload.apply(layer)));
        return new Material(features, labels, upload.apply(targets.answers()), uploaded, null);
    }
}
