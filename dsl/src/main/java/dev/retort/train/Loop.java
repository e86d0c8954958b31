package dev.retort.train;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import dev.retort.device.Threads;
import dev.retort.train.Checkpoint.Header;
import dev.retort.train.Progress.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The training loop: epochs over the rows in a seeded order, each followed by a look at the validation rows. How a batch
 * moves the weights is its {@link Step}'s affair.
 *
 * <p>An interrupted thread stops it at the next batch: the weights so far are the result, and the thread stays interrupted.
 */
public final class Loop implements AutoCloseable {
    private final String model;
    private final Lesson lesson;
    private final TrainingOptions options;
    private final int size;
    private final Learner learner;
    private final Step step;
    private final Validation validation;
    private final Diary diary;

    private int rows;
    private long steps;
    private Good good;
    private Best best = Best.NONE;
    private boolean interrupted;
    private String failure;

    /** The last state whose loss was a number, and where in its epoch that was. */
    private record Good(byte[] state, int rows, long steps) {
    }

    /** The epoch that did best on the validation rows, and its weights as DJL writes them. */
    private record Best(int epoch, byte[] weights) {
        static final Best NONE = new Best(0, new byte[0]);
    }

    /**
     * Puts everything on the device.
     *
     * @param model  the blueprint, as written in the language
     * @param block  a fresh block, rows of the split's shape → logits
     * @param inputs how rows become inputs
     * @throws IllegalArgumentException when the options want what rows, device or net cannot give
     * @throws CancellationException    when the thread is interrupted; it stays interrupted
     */
    public Loop(String model, Block block, Standardizer inputs, Lesson lesson) {
        this(model, block, inputs, lesson, learner -> CompiledStep.of(learner, lesson).orElseGet(() -> eagerStep(learner, lesson)));
    }

    Loop(String model, Block block, Standardizer inputs, Lesson lesson, Function<Learner, Step> stepOf) {
        this.model = model;
        this.lesson = lesson;
        options = lesson.options();
        size = lesson.rows().size();
        check(lesson);
        diary = new Diary(lesson.title(), options.epochs(), options.deviceOrBest(), lesson.monitor());
        learner = learner(block, inputs);
        step = stepOf.apply(learner);
        validation = lesson.rows().validation().map(split -> Validation.of(split, lesson.targets())).orElse(Validation.NONE);
    }

    /**
     * Trains to the end, or until the thread is interrupted.
     *
     * @param onlooker told from time to time; during the call it can have what there is so far
     * @throws IllegalArgumentException when the checkpoint to go on from is of another training
     * @throws UncheckedIOException     when a checkpoint cannot be read or written
     */
    public Trained run(Consumer<Supplier<Trained>> onlooker) {
        return Threads.limited(learner.threads(), () -> train(onlooker));
    }

    private Trained train(Consumer<Supplier<Trained>> onlooker) {
        try {
            begin();
            while (diary.epochs() < options.epochs() && !isOutOfPatience() && !interrupted && failure == null) {
                epoch(order(diary.epochs() + 1), onlooker);
            }
        } catch (RuntimeException e) {
            diary.close(State.FAILED, "");
            throw e;
        }
        diary.close(failure != null ? State.FAILED : interrupted ? State.INTERRUPTED : State.DONE,
                failure != null ? ": " + failure : best == Best.NONE ? "" : ", epoch " + best.epoch + " kept");
        return trained(best == Best.NONE ? learner.encoded() : best.weights);
    }

    /** What there is so far. */
    public Trained soFar() {
        return trained(learner.encoded());
    }

    @Override
    public void close() {
        learner.close();
    }

    private Learner learner(Block block, Standardizer inputs) {
        try {
            return new Learner(block, inputs, lesson);
        } catch (CancellationException e) {
            diary.close(State.INTERRUPTED, "");
            throw e;
        }
    }

    private static Step eagerStep(Learner learner, Lesson lesson) {
        if (lesson.options().isMixedPrecision()) {
            learner.close();
            throw new IllegalArgumentException("mixedPrecision() needs a net and a loss that can be compiled, which " + lesson.title()
                    + " cannot; leave it out");
        }
        return new EagerStep(learner, lesson);
    }

    private static void check(Lesson lesson) {
        TrainingOptions options = lesson.options();
        if (options.patience() > 0 && lesson.rows().validation().isEmpty()) {
            throw new IllegalArgumentException("patience(" + options.patience() + ") looks at validation rows, and "
                    + lesson.rows().name() + " has none; train on rows of a train split, or leave it out");
        }
        if (options.isMixedPrecision() && !options.deviceOrBest().isGpu()) {
            throw new IllegalArgumentException("mixedPrecision() needs a GPU; a processor is slower with it: leave it out");
        }
    }

    private void begin() {
        if (options.checkpoint() != null && Files.exists(options.checkpoint())) {
            goOn();
        }
        good = new Good(state(), rows, steps);
    }

    private void epoch(int[] order, Consumer<Supplier<Trained>> onlooker) {
        diary.beginEpoch(rows);
        learner.beginEpoch(diary.epochs() + 1);
        while (rows < size && !isInterrupted()) {
            int from = rows;
            int to = Math.min(size, from + step.rowsAtOnce());
            Threads.together(() -> step.train(order, from, to, steps));
            steps += lesson.stepsFor(to - rows);
            rows = to;
            if (rows == size || diary.isDue()) {
                double loss = step.totalLoss() / rows;
                if (!Double.isFinite(loss)) {
                    fail(loss, order);
                    return;
                }
                diary.note(rows, size, loss);
                onlooker.accept(this::soFar);
            }
        }
        if (!isInterrupted()) {
            endEpoch();
        }
    }

    private void endEpoch() {
        int[] predicted = learner.predictValidation();
        if (isInterrupted()) {
            return;
        }
        Validation.Shares shares = validation.of(predicted);
        if (options.patience() > 0 && (best == Best.NONE || shares.accuracy() > diary.validationAccuracy(best.epoch))) {
            best = new Best(diary.epochs() + 1, learner.encoded());
        }
        diary.endEpoch(step.totalLoss() / size, shares);
        rows = 0;
        step.beginEpoch(0);
        good = new Good(state(), rows, steps);
        keep();
    }

    private boolean isOutOfPatience() {
        return best != Best.NONE && diary.epochs() - best.epoch >= options.patience();
    }

    /** Whether to stop. An interrupted thread cannot write files: it is interrupted again once the checkpoint is kept. */
    private boolean isInterrupted() {
        if (!interrupted && Thread.interrupted()) {
            interrupted = true;
            try {
                keep();
            } finally {
                Thread.currentThread().interrupt();
            }
        }
        return interrupted;
    }

    /** Goes back to the last good student, with a word on what spoiled it. */
    private void fail(double loss, int[] order) {
        restore(good.state);
        String culprit = new Culprit(learner, step, lesson).find(order, good.rows, good.steps);
        restore(good.state);
        failure = "the loss became " + loss + " in epoch " + (diary.epochs() + 1) + " by " + culprit
                + "; lower the learning rate, now " + options.optimizer().rate() + ", or clip the gradients, clip(1)";
    }

    private void keep() {
        if (options.checkpoint() == null) {
            return;
        }
        Provenance run = Provenance.of(lesson, model, trained(new byte[0]), "");
        Header header = new Header(run, rows, step.totalLoss(), diary.history().epochs());
        try {
            new Checkpoint(header, state(), best.weights).write(options.checkpoint());
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint " + options.checkpoint() + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void goOn() {
        Checkpoint kept;
        try {
            kept = Checkpoint.read(options.checkpoint());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        Provenance run = kept.header().run();
        kept.check(Provenance.of(lesson, model, trained(new byte[0]), ""), options.checkpoint());
        restore(kept.state());
        rows = kept.header().rows();
        steps = run.steps();
        step.beginEpoch(kept.header().loss());
        best = kept.best().length == 0 ? Best.NONE : new Best(run.kept(), kept.best());
        diary.goOn(kept.header().epochs(), run.seconds());
    }

    private byte[] state() {
        return remembered().encode();
    }

    private void restore(byte[] state) {
        learner.restore(remembered(), state);
    }

    /** All that the next step depends on. */
    private NDList remembered() {
        NDList all = learner.arrays();
        all.addAll(step.memory());
        return all;
    }

    private Trained trained(byte[] weights) {
        int kept = best == Best.NONE ? diary.epochs() : best.epoch;
        return new Trained(weights, diary.history(), kept, steps, interrupted, failure, diary.seconds(), diary.device(), "");
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
