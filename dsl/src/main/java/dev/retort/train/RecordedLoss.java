package dev.retort.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import dev.retort.loss.Batch;
import dev.retort.loss.Loss;
import dev.retort.script.NotRecordable;
import dev.retort.script.Recorder;
import dev.retort.script.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a net and the terms of its loss do, as a {@link Recorder} saw them do it. In the text, {@code m0}, {@code m1}, … are
 * the selected rows of the material, and {@code self.parameters[0]}, … what the net and its loss consist of.
 *
 * @param recording  its results are the values of the terms
 * @param material   what the rows are selected from
 * @param parameters by name, trained or not
 */
record RecordedLoss(Recording recording, List<NDArray> material, Map<String, NDArray> parameters) {
    /** @throws NotRecordable when net or loss do what cannot be compiled */
    static RecordedLoss of(Learner learner, List<Loss> terms) {
        List<NDArray> material = new ArrayList<>();
        learner.material().map((name, array) -> {
            material.add(array);
            return array;
        });
        Iterator<Double> moments = List.of(0.1, 0.9).iterator(); // A loss may decide by them what to do.
        Recording recording = Recorder.record(learner.block(), learner.manager(), (recorder, scope, rows) -> {
            Batch batch = batch(learner, recorder, scope, rows, moments.next());
            return terms.stream().map(term -> term.of(batch)).toList();
        });
        return new RecordedLoss(recording, material, named(learner.arrays()));
    }

    /** What the text calls the selected rows of an array of the material. */
    static String rows(int array) {
        return "m" + array;
    }

    /** Whether it is such rows. */
    static boolean isMaterial(String name) {
        return name.matches("m\\d+");
    }

    /** What the text calls some of the parameters. */
    List<String> names(List<NDArray> some) {
        Map<NDArray, String> names = new IdentityHashMap<>();
        parameters.forEach((name, array) -> names.put(array, name));
        return some.stream().map(names::get).toList();
    }

    /** Arrays as the text knows them, in order. */
    static Map<String, NDArray> named(List<NDArray> parameters) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        parameters.forEach(array -> named.put(text(named.size()), array));
        return named;
    }

    private static Batch batch(Learner learner, Recorder recorder, NDManager scope, int rows, double progress) {
        int position = 0;
        for (Parameter parameter : learner.block().getParameters().values()) {
            recorder.name(parameter.getArray(), text(position++));
        }
        Map<String, NDArray> parts = new HashMap<>();
        for (Map.Entry<String, NDArray> part : learner.parts().entrySet()) {
            parts.put(part.getKey(), recorder.input(text(position++), part.getValue()));
        }
        NDArray places = scope.arange(0, rows, 1, DataType.INT64).mod(learner.material().labels().size());
        NDIndex chosen = new NDIndex("{}", places);
        int[] next = {0};
        Material some = learner.material().map((name, array) -> recorder.input(rows(next[0]++), array.get(scope, chosen)));
        return learner.batch(some, recorder.input("places", places), parts, progress);
    }

    private static String text(int parameter) {
        return "self.parameters[" + parameter + "]";
    }
}
