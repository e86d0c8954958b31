package dev.retort.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.retort.loss.Loss;
import dev.retort.loss.Moment;
import dev.retort.script.Ahead;
import dev.retort.script.NotRecordable;
import dev.retort.script.Program;
import dev.retort.script.Recording;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Many batches in one call of a {@link StepText} that libtorch compiled. Nothing crosses over from Java but the order of
 * the rows, learning rates, and the weights of the loss's terms; the loss stays where it is.
 */
final class CompiledStep implements Step {
    /** How long a call may take, since an interrupt waits for it. */
    private static final double CALL_NANOS = 25e6;

    /** Numbers that all programs together calculate before the first batch: 128 MB. */
    private static final long MOST_KEPT = 1 << 25;

    private final Learner learner;
    private final Lesson lesson;
    private final Descent descent;
    private final NDArray count;
    private final NDArray total;
    /** One for each set of terms that the loss has in the course of the run, compiled when it is due. */
    private final Map<List<Loss>, Program> programs = new HashMap<>();
    private long kept;
    private int batchesAtOnce = 1;

    /** @throws NotRecordable when net, loss or optimiser do what cannot be compiled */
    private CompiledStep(Learner learner, Lesson lesson) {
        this.learner = learner;
        this.lesson = lesson;
        TrainingOptions options = lesson.options();
        NDManager manager = learner.manager();
        descent = new Descent(manager, options.optimizer(), options.clip(), learner.weights());
        count = manager.zeros(new Shape());
        total = manager.zeros(new Shape());
        Set<Loss> first = terms(0).keySet();
        program(first);
        if (!first.containsAll(lesson.loss().terms())) {
            RecordedLoss.of(learner, lesson.loss().terms()); // Later ones can be compiled, too.
        }
    }

    /** Empty where net, loss or optimiser do what cannot be compiled: that is left to {@link EagerStep}. */
    static Optional<Step> of(Learner learner, Lesson lesson) {
        if (learner.material().distant() != null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CompiledStep(learner, lesson));
        } catch (NotRecordable e) {
            return Optional.empty();
        }
    }

    private Program program(Set<Loss> terms) {
        return programs.computeIfAbsent(List.copyOf(terms), this::compile);
    }

    private Program compile(List<Loss> terms) {
        TrainingOptions options = lesson.options();
        List<NDArray> weights = learner.weights();
        RecordedLoss recorded = RecordedLoss.of(learner, terms);
        Recording loss = recorded.recording().withShortcuts();
        Recording fastest = options.isMixedPrecision() ? loss.inMixedPrecision()
                : learner.device().isGpu() ? loss : loss.forProcessor(options.batch(), recorded.parameters());
        Ahead split = prepared(fastest);
        Map<String, List<NDArray>> lists = new LinkedHashMap<>();
        lists.put(StepText.MATERIAL, recorded.material());
        lists.put(StepText.PARAMETERS, List.copyOf(recorded.parameters().values()));
        lists.put(StepText.CONSTANTS, recorded.recording().constants());
        lists.put(StepText.WEIGHTS, weights);
        lists.put(StepText.MOMENTS, descent.views());
        lists.put(StepText.COUNTS, Collections.nCopies(weights.size(), count));
        lists.put(StepText.TOTAL, List.of(total));
        String update = FusedUpdate.of(options.optimizer(), options.clip(), weights.size());
        Program program = new Program(
                learner.manager(), StepText.of(split, recorded.material().size(), recorded.names(weights), update), lists);
        program.call("prepare", count).close();
        return program;
    }

    /** Rows that look different in each epoch leave nothing to be calculated once; and what is kept for all rows must not be too large. */
    private Ahead prepared(Recording loss) {
        Ahead split = loss.ahead(name -> !lesson.rows().isVaried() && RecordedLoss.isMaterial(name));
        long more = split.width() * lesson.rows().size();
        if (kept + more > MOST_KEPT) {
            return loss.ahead(name -> false);
        }
        kept += more;
        return split;
    }

    private Map<Loss, Double> terms(long done) {
        return lesson.loss().terms(new Moment(lesson.progress(done), lesson.options().epochs()));
    }

    @Override
    public int rowsAtOnce() {
        return batchesAtOnce * lesson.options().batch();
    }

    @Override
    public void beginEpoch(double totalLoss) {
        total.muli(0).addi(totalLoss);
    }

    @Override
    public void train(int[] order, int from, int to, long done) {
        int batch = lesson.options().batch();
        int whole = (to - from) / batch;
        long start = System.nanoTime();
        count.muli(0).addi(done);
        call(order, from, whole, batch, done);
        adapt(whole, System.nanoTime() - start);
        int rest = from + whole * batch;
        call(order, rest, rest < to ? 1 : 0, to - rest, done + whole);
    }

    /** The steps all lie in one epoch, and have the same terms. */
    private void call(int[] order, int from, int steps, int rows, long done) {
        if (steps == 0) {
            return;
        }
        Map<Loss, Double> first = terms(done);
        long[] places = IntStream.range(from, from + steps * rows).mapToLong(i -> order[i]).toArray();
        double[] rates = IntStream.range(0, steps).mapToDouble(i -> lesson.rate(done + i)).toArray();
        float[] factors = new float[steps * first.size()];
        for (int i = 0, j = 0; i < steps; i++) {
            for (double factor : terms(done + i).values()) {
                factors[j++] = (float) factor;
            }
        }
        try (NDManager scope = learner.manager().newSubManager(); NDManager host = scope.newSubManager(Device.cpu())) {
            program(first.keySet()).call("steps", scope.create(places, new Shape(steps, rows)),
                    host.create(rates), // The text reads them as numbers, for which it would wait for a GPU in each step.
                    scope.create(factors, new Shape(steps, first.size())));
        }
    }

    /** So many batches a call that it takes as long as it may; how many does not change what they do. */
    private void adapt(int batches, long nanos) {
        if (batches == batchesAtOnce) {
            batchesAtOnce = (int) Math.max(1, Math.min(2.0 * batches, batches * CALL_NANOS / nanos));
        }
    }

    @Override
    public NDList memory() {
        return descent.moments();
    }

    @Override
    public double totalLoss() {
        return total.getFloat();
    }
}
