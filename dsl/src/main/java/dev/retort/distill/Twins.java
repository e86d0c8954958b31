package dev.retort.distill;

import dev.retort.data.Split;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.train.Monitor;
import dev.retort.train.TrainingOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Students without their teacher, each trained when first asked for. Runs of a sweep that differ in their loss alone share one. */
final class Twins {
    private final Map<Key, Classifier> trained = new HashMap<>();

    private record Key(Blueprint student, Split rows, TrainingOptions options) {
    }

    synchronized Classifier of(Recipe recipe, Supplier<Monitor> monitor) {
        return trained.computeIfAbsent(new Key(recipe.student(), recipe.rows(), recipe.options()), key -> recipe.twin(monitor.get()));
    }
}
