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
import java.util.List;
import java.util.Map;

/**
 * What a net and the terms of its loss do, as a {@link Recorder} saw them do it. In the text, {@code m0}, {@code m1}, … are
 * the selected rows of the material, and {@code self.parameters[0]}, … what the net and its loss consist of.
 *
 * @param recording  its results are the values of the terms
 * @param material   what the rows are selected from
 * @param parameters trained or not
 */
record RecordedLoss(Recording recording, List<NDArray> material, List<NDArray> parameters) {
    /** Two numbers of rows that hardly any net has as a width: what depends on the number differs between them. */
    private static final int ROWS = 13;
    private static final int OTHER_ROWS = 17;

    /** @throws NotRecordable when net or loss do what cannot be compiled */
    static RecordedLoss of(Learner learner, List<Loss> terms) {
        List<NDArray> material = new ArrayList<>();
        learner.material().map((name, array) -> {
            material.add(array);
            return array;
        });
        List<NDArray> parameters = new ArrayList<>(learner.block().getParameters().values().stream().map(Parameter::getArray).toList());
        parameters.addAll(learner.parts().values());
        RecordedLoss recorded = new RecordedLoss(null, material, parameters);
        Recording recording = recorded.record(learner, terms, ROWS, 0);
        if (!recording.isSameAs(recorded.record(learner, terms, OTHER_ROWS, 0.5))) {
            throw new NotRecordable("what depends on the number of rows, or on where the run is");
        }
        return new RecordedLoss(recording, material, parameters);
    }

    private Recording record(Learner learner, List<Loss> terms, int rows, double progress) {
        try (NDManager scope = learner.manager().newSubManager()) {
            Recorder recorder = new Recorder(rows, learner.manager());
            for (int i = 0; i < parameters.size(); i++) {
                recorder.name(parameters.get(i), "self.parameters[" + i + "]");
            }
            Map<String, NDArray> parts = new HashMap<>();
            learner.parts().forEach((name, part) -> parts.put(name, recorder.input("self.parameters[" + parameters.indexOf(part) + "]", part)));
            NDArray places = scope.arange(0, rows, 1, DataType.INT64).mod(learner.material().labels().size());
            NDIndex chosen = new NDIndex("{}", places);
            int[] next = {0};
            Material some = learner.material().map((name, array) -> recorder.input("m" + next[0]++, array.get(scope, chosen)));
            Batch batch = learner.batch(some, recorder.input("places", places), parts, progress);
            return recorder.recording(terms.stream().map(term -> term.of(batch)).toList());
        }
    }
}
