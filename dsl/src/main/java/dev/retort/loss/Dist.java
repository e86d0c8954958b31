package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import dev.retort.data.Says;

/**
 * DIST (Huang et al. 2022, «Knowledge Distillation from A Stronger Teacher»): the student keeps the teacher's correlations
 * rather than its probabilities, between the classes of a row and between the rows of a class.
 *
 * <pre>  τ² · ( mean over rows of (1 − ρ of a row) + mean over classes of (1 − ρ of a column) )</pre>
 *
 * ρ is Pearson's correlation of {@code softmax(student / τ)} and {@code softmax(teacher / τ)}, both rows × classes. Both parts have the
 * weight 1; the result is a scalar.
 *
 * @param temperature τ, above 0; 1 is usual
 */
public record Dist(double temperature) implements Loss {
    /** @throws IllegalArgumentException when the temperature is not a positive, finite number */
    public Dist {
        Numbers.requireTemperature(temperature, Numbers.call("dist", temperature));
    }

    @Override
    public NDArray of(Batch batch) {
        NDArray t = batch.constant(temperature);
        NDArray student = batch.student().div(t).softmax(-1);
        NDArray teacher = batch.teacher().div(t).softmax(-1);
        NDArray betweenClasses = batch.constant(1).sub(correlation(student, teacher).mean());
        NDArray betweenRows = batch.constant(1).sub(correlation(student.transpose(), teacher.transpose()).mean());
        return betweenClasses.add(betweenRows).mul(t.square());
    }

    private static NDArray correlation(NDArray one, NDArray other) {
        return Measures.unit(centred(one)).mul(Measures.unit(centred(other))).sum(new int[] {-1});
    }

    private static NDArray centred(NDArray x) {
        return x.sub(x.mean(new int[] {-1}, true));
    }

    @Override
    public Needs needs() {
        return Needs.of(Says.PROBABILITIES);
    }

    @Override
    public String latex() {
        String t = Numbers.plain(temperature);
        return t + "^2\\left(2 - \\tfrac{1}{N}\\sum_i\\rho(p^s_{i,:},\\,p^t_{i,:}) - \\tfrac{1}{K}\\sum_j\\rho(p^s_{:,j},\\,p^t_{:,j})\\right)";
    }

    @Override
    public String toString() {
        return Numbers.call("dist", temperature);
    }
}
