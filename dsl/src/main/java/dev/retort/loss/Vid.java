package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Variational information distillation (Ahn et al. 2019, «Variational Information Distillation for Knowledge Transfer»): the
 * negative logarithm of a Gaussian that predicts the teacher's layer from the student's, but for a constant. Mean over rows,
 * channels and positions of
 *
 * <pre>  ½ · ( ( F_t − μ(F_s) )² / σ² + log σ² ),   σ² = softplus(a) + 10⁻⁵, one for each of the teacher's channels</pre>
 *
 * μ and a learn with the student and are thrown away. μ is the regressor of {@link Hint}; σ² begins with 5.
 */
public record Vid() implements LayerTerm {
    private static final String SPREAD = "spread";
    private static final double LEAST = 1e-5;
    private static final double FIRST = Math.log(Math.expm1(5 - LEAST));

    @Override
    public NDArray of(LayerPair layers) {
        LayerPair channels = layers.channels();
        NDArray error = Regressor.of(channels).sub(channels.teacher()).square();
        NDArray learned = channels.part(SPREAD);
        NDArray spread = learned == null ? channels.constant(FIRST) : learned;
        NDArray variance = Measures.softplus(spread).add(channels.constant(LEAST));
        return error.div(variance).add(variance.log()).mean().mul(channels.constant(0.5));
    }

    @Override
    public boolean suits(Shape shape) {
        return Regressor.suits(shape);
    }

    @Override
    public String suited() {
        return Regressor.SUITED;
    }

    @Override
    public String mismatch(Shape student, Shape teacher) {
        return Regressor.mismatch(student, teacher);
    }

    @Override
    public List<Part> parts(Shape student, Shape teacher, long rows) {
        List<Part> parts = new ArrayList<>(Regressor.parts(student, teacher));
        parts.add(new Part(SPREAD, new Shape(teacher.get(0), 1), FIRST, FIRST, true));
        return parts;
    }

    @Override
    public String latex() {
        return "\\tfrac{1}{2}\\left(\\tfrac{(F_t-\\mu(F_s))^2}{\\sigma^2} + \\log\\sigma^2\\right)";
    }

    @Override
    public String toString() {
        return "vid()";
    }
}
