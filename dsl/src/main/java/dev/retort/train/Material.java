package dev.retort.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Layer;
import dev.retort.data.Split;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What a net learns from: rows, and what labels and teacher say of them, in the same order on one device.
 *
 * @param features rows × width
 * @param labels   rows, INT64
 * @param teacher  rows × classes, logits; null without a teacher
 * @param layers   the teacher's inner layers, rows × …, by name
 */
record Material(NDArray features, NDArray labels, NDArray teacher, Map<String, NDArray> layers) {
    /** Puts all of it on the manager's device. */
    static Material of(NDManager manager, Standardizer inputs, Lesson lesson) {
        Split rows = lesson.rows();
        Targets targets = lesson.targets();
        NDArray features = inputs.upload(manager, rows);
        NDArray labels = manager.create(rows.labels()).toType(DataType.INT64, false);
        if (targets == null) {
            return new Material(features, labels, null, Map.of());
        }
        NDArray teacher = manager.create(targets.logits(), new Shape(rows.size(), rows.classes().size()));
        Map<String, NDArray> layers = new HashMap<>();
        targets.layers().forEach((name, layer) -> layers.put(name, upload(manager, layer, rows.size())));
        return new Material(features, labels, teacher, layers);
    }

    /** Some of the rows. */
    Material select(NDManager scope, NDArray places) {
        NDIndex chosen = new NDIndex("{}", places);
        return map((name, array) -> array.get(scope, chosen));
    }

    /** Another array in the place of each, made from its name and itself. */
    Material map(BiFunction<String, NDArray, NDArray> function) {
        Map<String, NDArray> mapped = new HashMap<>();
        layers.forEach((name, layer) -> mapped.put(name, function.apply("layer " + name, layer)));
        return new Material(function.apply("features", features), function.apply("labels", labels),
                teacher == null ? null : function.apply("teacher", teacher), mapped);
    }

    private static NDArray upload(NDManager manager, Layer layer, int rows) {
        return manager.create(layer.values(), new Shape(rows).addAll(layer.shape()));
    }
}
