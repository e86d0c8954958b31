package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.retort.device.Torch;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A differentiable loss over a batch: of logits, or of inner layers. Terms add and scale:
 * {@code softTargets(4).times(0.9).plus(hardLabels().times(0.1))}.
 *
 * <p>Every term is a mean over the rows of the batch, and every term has a weight of its own: there is no
 * shared α whose meaning differs from tool to tool.
 */
public interface Loss {
    /**
     * The loss of one batch. What it does with the arrays is recorded where it can be, and then repeated for each batch: what
     * else it does, such as counting or printing, may be done a few times only.
     *
     * @return a scalar, differentiable in what the student says
     */
    NDArray of(Batch batch);

    /** What must be known of a row. */
    Needs needs();

    /** The sum of the terms' weights, each at its highest; 1 for a term alone. */
    default double weight() {
        return 1;
    }

    /**
     * This loss between a certain student and its teacher: with the names of the layers that it looks at filled in.
     *
     * @throws IllegalArgumentException when there is no such layer, or two cannot be matched
     */
    default Loss between(Layout layout) {
        return this;
    }

    /** This loss where some rows have no label: a term that reads labels leaves them out. */
    default Loss whereLabelled() {
        return this;
    }

    /** What it keeps during a run, such as the regressor of a hint; only of a loss that {@link #between} gave. */
    default List<Part> parts(Layout layout) {
        return List.of();
    }

    /** All terms that it is made of, whenever they count. */
    default List<Loss> terms() {
        return List.of(this);
    }

    /** The terms that count at a moment, with their weights then: the loss is the sum of weight × term. */
    default Map<Loss, Double> terms(Moment now) {
        return Map.of(this, 1.0);
    }

    /**
     * How much it asks for each class of one row: what models without gradients learn from, since they take rows with a
     * label and a weight. T² has no part in it.
     *
     * @param teacher the teacher's logits of the row; null where the loss needs no teacher
     * @param label   the true class
     * @param classes how many there are
     * @throws IllegalArgumentException when it is no matter of labels and probabilities alone
     */
    default double[] asks(float[] teacher, int label, int classes) {
        throw new IllegalArgumentException(this + " cannot be put as labels with weights, and that is all that trees and"
                + " other models without gradients learn from; use softTargets(…), hardLabels() or both");
    }

    /** The equation, in LaTeX. */
    String latex();

    /** How the term is written in the language, such as {@code softTargets(4).times(0.9)}. */
    @Override
    String toString();

    /**
     * This loss with its weight multiplied.
     *
     * @throws IllegalArgumentException when the weight is negative or not finite
     */
    default Loss times(double weight) {
        return new Weighted(this, weight);
    }

    /** This loss with a weight that changes over the run: {@code softTargets(4).times(cosine(1, 0))}. */
    default Loss times(Schedule weight) {
        return new Scheduled(this, weight);
    }

    /**
     * The sum of this loss and another. One may compare logits and the other inner layers: a run has both. No arrays are both, though,
     * so that such a sum has no {@code value}; its terms have theirs.
     */
    default Loss plus(Loss other) {
        return new Sum(this, other);
    }

    /**
     * This loss for the first epochs of a run; {@link Stages#then} says what follows:
     * {@code hint("layer.3").guides("layer.2").epochs(3).then(softTargets(4))}.
     *
     * @throws IllegalArgumentException when there is not at least one epoch
     */
    default Stages epochs(int epochs) {
        return Stages.of(this, epochs);
    }

    /**
     * The loss of given logits, in double precision, at the beginning of a run; for looking at a term by itself.
     *
     * @param studentLogits rows × classes
     * @param teacherLogits rows × classes; not read by terms that need no teacher, and may then be null
     * @param labels        the class index of each row; not read by terms that need no labels, and may then be null
     * @throws IllegalArgumentException when a term compares inner layers, or the rows are not as many
     */
    default double value(double[][] studentLogits, double[][] teacherLogits, int[] labels) {
        refuse(term -> !term.needs().studentLayers().isEmpty(), " compares inner layers: value(studentFeatures, teacherFeatures)");
        try (NDManager manager = Torch.manager()) {
            return of(Batch.of(manager, studentLogits, teacherLogits, labels)).getDouble();
        }
    }

    /**
     * The loss of given features, in double precision, at the beginning of a run and with nothing learned yet: a regressor
     * is the identity, so that the widths must be equal.
     *
     * @param studentFeatures rows × width; a term that compares maps takes a row as a map of one channel
     * @param teacherFeatures rows × width, as many rows
     * @throws IllegalArgumentException when a term compares logits or needs a regressor, or the rows are not as many
     */
    default double value(double[][] studentFeatures, double[][] teacherFeatures) {
        refuse(term -> term.needs().studentLayers().isEmpty(), " compares logits: value(studentLogits, teacherLogits, labels)");
        try (NDManager manager = Torch.manager()) {
            return of(Batch.ofFeatures(manager, studentFeatures, teacherFeatures, needs())).getDouble();
        }
    }

    private void refuse(Predicate<Loss> wrong, String instead) {
        List<Loss> refused = terms().stream().filter(wrong).toList();
        Numbers.require(refused.isEmpty() || refused.size() == terms().size(),
                this + " compares logits and inner layers, and no arrays are both; ask its terms one by one: " + terms());
        refused.forEach(term -> Numbers.require(false, term + instead));
    }
}
