package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import dev.retort.data.Says;

/**
 * Generalised Jensen–Shannon divergence (Agarwal et al. 2024, «On-Policy Distillation of Language Models», GKD), between
 * {@code p_t = softmax(teacher)} and {@code p_s = softmax(student)}, mean over rows:
 *
 * <pre>  β · KL( p_t ‖ m ) + (1 − β) · KL( p_s ‖ m ),   m = β · p_t + (1 − β) · p_s</pre>
 *
 * The formula tends to 0 at both ends. There it stands, by definition, for what it tends to when it is divided by β or
 * 1 − β: β = 0 is the forward KL( p_t ‖ p_s ), β = 1 the reverse KL( p_s ‖ p_t ).
 *
 * <p>Student and teacher are logits, rows × classes; the result is a scalar.
 *
 * @param beta β, from 0 to 1
 */
public record Jsd(double beta) implements Loss {
    /** @throws IllegalArgumentException when β is not between 0 and 1 */
    public Jsd {
        Numbers.require(beta >= 0 && beta <= 1, Numbers.call("jsd", beta)
                + ": β is between 0 (forward KL) and 1 (reverse KL); 0.5 is symmetric");
    }

    @Override
    public NDArray of(Batch batch) {
        NDArray student = batch.student().logSoftmax(-1);
        NDArray teacher = batch.teacher().logSoftmax(-1);
        if (beta == 0) {
            return Measures.kl(teacher, student).mean();
        }
        if (beta == 1) {
            return Measures.kl(student, teacher).mean();
        }
        NDArray m = logMixture(teacher, student, batch);
        NDArray ofTeacher = Measures.kl(teacher, m).mean().mul(batch.constant(beta));
        NDArray ofStudent = Measures.kl(student, m).mean().mul(batch.constant(1 - beta));
        return ofTeacher.add(ofStudent);
    }

    /** log m, finite also where both probabilities are too small for their type. */
    private NDArray logMixture(NDArray teacher, NDArray student, Batch batch) {
        NDArray higher = teacher.maximum(student).stopGradient();
        NDArray ofTeacher = teacher.sub(higher).exp().mul(batch.constant(beta));
        NDArray ofStudent = student.sub(higher).exp().mul(batch.constant(1 - beta));
        return ofTeacher.add(ofStudent).log().add(higher);
    }

    @Override
    public Needs needs() {
        return Needs.of(Says.PROBABILITIES);
    }

    @Override
    public String latex() {
        if (beta == 0 || beta == 1) {
            return beta == 0 ? "\\mathrm{KL}\\!\\left(p_t\\,\\|\\,p_s\\right)" : "\\mathrm{KL}\\!\\left(p_s\\,\\|\\,p_t\\right)";
        }
        String b = Numbers.plain(beta);
        return b + "\\,\\mathrm{KL}\\!\\left(p_t\\,\\|\\,m\\right) + (1-" + b + ")\\,\\mathrm{KL}\\!\\left(p_s\\,\\|\\,m\\right),\\quad m = "
                + b + "\\,p_t + (1-" + b + ")\\,p_s";
    }

    @Override
    public String toString() {
        return Numbers.call("jsd", beta);
    }
}
