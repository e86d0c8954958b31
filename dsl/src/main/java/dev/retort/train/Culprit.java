package dev.retort.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.retort.device.Torch;
import dev.retort.loss.Batch;
import dev.retort.loss.Loss;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the term of a loss that first was no number. The loss is read back rarely, when all that follows is spoiled too; so
 * the epoch is gone through once more from its beginning, batch by batch.
 */
record Culprit(Learner learner, Step how, Lesson lesson) {
    /**
     * @param order of the epoch
     * @param rows  of it that the learner has seen
     * @param done  steps of the run before
     * @return the term, as written in the language, and its batch
     */
    String find(int[] order, int rows, long done) {
        int batch = lesson.options().batch();
        long step = done;
        for (int from = rows; from < order.length; from += batch, step++) {
            int to = Math.min(order.length, from + batch);
            Optional<String> term = notFinite(Arrays.copyOfRange(order, from, to), step);
            if (term.isPresent()) {
                return term.get() + " in batch " + (from / batch + 1);
            }
            how.train(order, from, to, step);
        }
        return "its gradient";
    }

    private Optional<String> notFinite(int[] places, long done) {
        try (NDManager scope = learner.manager().newSubManager()) {
            NDArray rows = scope.create(Arrays.stream(places).asLongStream().toArray());
            Batch batch;
            synchronized (Learner.ALONE) {
                Torch.engine().setRandomSeed(lesson.seedOf(done));
                batch = learner.batch(learner.material().select(scope, rows), rows, lesson.progress(done));
            }
            return lesson.loss().terms(batch.now()).keySet().stream()
                    .filter(term -> !Float.isFinite(term.of(batch).toType(DataType.FLOAT32, false).getFloat()))
                    .map(Loss::toString).findFirst();
        }
    }
}
