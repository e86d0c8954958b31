package dev.retort.train;

import ai.djl.nn.Block;
import dev.retort.data.Split;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The training loop: epochs over the rows in a seeded order, each followed by a look at the validation rows. How a batch
 * moves the weights is its {@link Step}'s affair.
 *
 * <p>An interrupted thread stops it at the next batch: the weights so far are the result, and the thread stays interrupted.
 */
public final class Loop implements AutoCloseable {
    private final TrainingOptions options;
    private final int size;
    private final Learner learner;
    private final Step step;
    private final Validation validation;
    private final Diary diary;

    private long steps;
    private boolean interrupted;

    /**
     * Puts everything on the device.
     *
     * @param block  a fresh block, rows of the split's shape → logits
     * @param inputs how rows become inputs
     */
    public Loop(Block block, Standardizer inputs, Lesson lesson) {
        options = lesson.options();
        Split rows = lesson.rows();
        size = rows.size();
        diary = new Diary(lesson.title(), options.epochs(), options.deviceOrBest(), lesson.monitor());
        learner = new Learner(block, inputs, lesson);
        step = new EagerStep(learner, lesson);
        validation = rows.validation().map(split -> Validation.of(split, lesson.targets())).orElse(Validation.NONE);
    }

    /** Trains to the end, or until the thread is interrupted. */
    public Trained run() {
        try {
            for (int epoch = 1; epoch <= options.epochs() && !interrupted; epoch++) {
                train(epoch);
            }
        } catch (RuntimeException e) {
            diary.close(Progress.State.FAILED);
            throw e;
        }
        diary.close(interrupted ? Progress.State.INTERRUPTED : Progress.State.DONE);
        History history = diary.history();
        return new Trained(learner.weights(), history, history.epochs().size(), steps, interrupted, diary.seconds(), diary.device());
    }

    @Override
    public void close() {
        learner.close();
    }

    private void train(int epoch) {
        int[] order = order(epoch);
        diary.beginEpoch();
        step.beginEpoch();
        for (int from = 0; from < size; from += step.rowsAtOnce()) {
            if (Thread.currentThread().isInterrupted()) {
                interrupted = true;
                return;
            }
            int to = Math.min(size, from + step.rowsAtOnce());
            step.train(order, from, to, steps);
            steps += (to - from + options.batch() - 1) / options.batch();
            if (diary.isDue()) {
                diary.note(to, size, step.totalLoss() / to);
            }
        }
        finish(epoch, step.totalLoss() / size);
    }

    private void finish(int epoch, double meanLoss) {
        if (!Double.isFinite(meanLoss)) {
            throw new IllegalStateException("the loss became " + meanLoss + " in epoch " + epoch
                    + "; lower the learning rate, now " + options.optimizer().rate());
        }
        diary.endEpoch(size, meanLoss, () -> validation.of(learner.predictValidation()));
    }

    /** The rows in the order of this epoch: seed and epoch decide it, nothing else. */
    private int[] order(int epoch) {
        int[] order = IntStream.range(0, size).toArray();
        SplittableRandom random = new SplittableRandom(options.seed() * 1_000_003 + epoch);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
