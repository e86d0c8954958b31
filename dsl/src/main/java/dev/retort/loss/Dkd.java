package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.retort.data.Says;

/**
 * Decoupled knowledge distillation (Zhao et al. 2022, «Decoupled Knowledge Distillation»): the KL divergence of the target
 * class against the rest, and that of the other classes among themselves, each with a weight of its own. Mean over rows.
 *
 * <pre>  T² · ( α · KL( (p, 1 − p) of teacher ‖ student ) + β · KL( other classes of teacher ‖ student ) )</pre>
 *
 * p is the probability of the label, softened with T; the other classes' probabilities are renormalised to 1. Student and teacher are
 * logits, rows × classes; labels are rows; the result is a scalar.
 *
 * @param alpha       α, of the target class, 0 or more; 1 is usual
 * @param beta        β, of the other classes, 0 or more; 8 is usual
 * @param temperature T, above 0; 4 is usual
 */
public record Dkd(double alpha, double beta, double temperature) implements Loss {
    /** @throws IllegalArgumentException when a weight is negative, both are 0, or the temperature is not above 0 */
    public Dkd {
        String call = Numbers.call("dkd", alpha, beta, temperature);
        Numbers.require(alpha >= 0 && beta >= 0 && alpha + beta > 0 && Double.isFinite(alpha + beta),
                call + ": the weights α and β are 0 or more, and not both 0; dkd(1, 8, 4) is usual");
        Numbers.requireTemperature(temperature, call);
    }

    @Override
    public NDArray of(Batch batch) {
        NDArray t = batch.constant(temperature);
        NDArray label = batch.labels().expandDims(1);
        NDArray student = batch.student().div(t);
        NDArray teacher = batch.teacher().div(t);
        NDArray others = others(label, student);
        NDArray restOfStudent = student.gather(others, 1);
        NDArray restOfTeacher = teacher.gather(others, 1);

        NDArray target = Measures.kl(
                targetAndRest(teacher.gather(label, 1), restOfTeacher), targetAndRest(student.gather(label, 1), restOfStudent));
        NDArray nonTarget = Measures.kl(restOfTeacher.logSoftmax(-1), restOfStudent.logSoftmax(-1));
        return target.mul(batch.constant(alpha)).add(nonTarget.mul(batch.constant(beta))).mean().mul(t.square());
    }

    /** The class indices without the label, rows × (classes − 1). */
    private static NDArray others(NDArray label, NDArray logits) {
        int classes = (int) logits.getShape().get(1);
        NDArray first = logits.getManager().arange(classes - 1).toType(label.getDataType(), false).expandDims(0);
        return first.add(first.gte(label).toType(label.getDataType(), false));
    }

    /** log (p, 1 − p), rows × 2. */
    private static NDArray targetAndRest(NDArray target, NDArray rest) {
        return NDArrays.concat(new NDList(target, Measures.logSumExp(rest)), 1).logSoftmax(-1);
    }

    @Override
    public Needs needs() {
        return Needs.of(Says.PROBABILITIES);
    }

    @Override
    public Loss whereLabelled() {
        return new WhereLabelled(this);
    }

    @Override
    public String latex() {
        String t = Numbers.plain(temperature);
        return t + "^2\\left(" + Numbers.plain(alpha) + "\\cdot\\mathrm{KL}\\!\\left(b_t\\,\\|\\,b_s\\right) + " + Numbers.plain(beta)
                + "\\cdot\\mathrm{KL}\\!\\left(\\hat p_t\\,\\|\\,\\hat p_s\\right)\\right),\\quad b = (p_y,\\,1 - p_y),\\;"
                + " \\hat p = \\tfrac{p_{c\\neq y}}{1 - p_y}";
    }

    @Override
    public String toString() {
        return Numbers.call("dkd", alpha, beta, temperature);
    }
}
