package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Says;

/**
 * Universal logit distillation (Boizard et al. 2024, «Towards Cross-Tokenizer Distillation»): the Wasserstein distance of
 * sorted probabilities, which needs no common classes. Mean over rows of
 *
 * <pre>  Σ | sort( softmax(student) ) − sort( softmax(teacher) ) |</pre>
 *
 * The student is logits, rows × classes, the teacher rows × its own classes; the result is a scalar. Where one has fewer classes, zeros
 * stand for those that it lacks. That is so in {@link #value} alone: in a run the teacher has the classes of the rows, with this loss as
 * with any other, since its agreement and its validation rows are told by them.
 */
public record Uld() implements Loss {
    @Override
    public NDArray of(Batch batch) {
        NDArray student = batch.student().softmax(-1);
        NDArray teacher = batch.teacher().softmax(-1);
        long classes = Math.max(student.getShape().get(1), teacher.getShape().get(1));
        return padded(student, classes).sort(1).sub(padded(teacher, classes).sort(1)).abs().sum(new int[] {-1}).mean();
    }

    private static NDArray padded(NDArray x, long columns) {
        long missing = columns - x.getShape().get(1);
        return missing == 0 ? x
                : x.concat(x.getManager().zeros(new Shape(x.getShape().get(0), missing), x.getDataType()), 1);
    }

    @Override
    public Needs needs() {
        return Needs.of(Says.PROBABILITIES);
    }

    @Override
    public String latex() {
        return "\\left\\|\\mathrm{sort}(p_s) - \\mathrm{sort}(p_t)\\right\\|_1";
    }

    @Override
    public String toString() {
        return "uld()";
    }
}
