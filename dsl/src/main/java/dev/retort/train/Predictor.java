package dev.retort.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.retort.script.NotRecordable;
import dev.retort.script.Program;
import dev.retort.script.Recorder;
import dev.retort.script.Recording;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Which class a net that learns predicts now for some rows on its device; compiled where it can be. */
final class Predictor {
    private static final int BATCH = 256;
    private static final String METHOD = """
              def classes(self: __torch__.Program, rows: Tensor) -> Tensor:
            %s
                return %s
            """;

    private final NDManager manager;
    private final NDArray rows;
    private final UnaryOperator<NDArray> classes;

    /**
     * @param net  logits of rows, in inference mode
     * @param rows rows × width; null for none
     */
    Predictor(Block block, UnaryOperator<NDArray> net, NDManager manager, NDArray rows) {
        this.manager = manager;
        this.rows = rows;
        UnaryOperator<NDArray> classOf = batch -> net.apply(batch).argMax(1);
        this.classes = rows == null ? classOf : compiled(block, classOf);
    }

    /** The class of each row; not of all rows when the thread is interrupted. */
    int[] predict() {
        int[] predicted = new int[rows == null ? 0 : (int) rows.getShape().get(0)];
        for (int from = 0; from < predicted.length && !Thread.currentThread().isInterrupted(); from += BATCH) {
            int to = Math.min(predicted.length, from + BATCH);
            try (NDManager scope = manager.newSubManager()) {
                long[] batch = classes.apply(rows.get(scope, new NDIndex().addSliceDim(from, to))).toLongArray();
                for (int i = from; i < to; i++) {
                    predicted[i] = (int) batch[i - from];
                }
            }
        }
        return predicted;
    }

    private UnaryOperator<NDArray> compiled(Block block, UnaryOperator<NDArray> classOf) {
        Map<String, NDArray> parameters = RecordedLoss.named(block.getParameters().values().stream().map(Parameter::getArray).toList());
        try {
            Recording recording = Recorder.record(block, manager, (recorder, scope, count) -> {
                parameters.forEach((name, array) -> recorder.name(array, name));
                return List.of(classOf.apply(recorder.input("rows", scope.zeros(new Shape(count, rows.getShape().get(1))))));
            });
            Recording fastest = manager.getDevice().isGpu() ? recording : recording.forProcessor(BATCH, parameters);
            String text = METHOD.formatted(fastest.lines().indent(4).stripTrailing(), fastest.results().get(0));
            Program program = new Program(manager, text, Map.of("parameters", List.copyOf(parameters.values()), "constants", recording.constants()));
            return batch -> program.call("classes", batch);
        } catch (NotRecordable e) {
            return classOf;
        }
    }
}
