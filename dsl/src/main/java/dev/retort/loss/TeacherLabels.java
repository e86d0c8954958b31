package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import dev.retort.data.Says;
import java.util.stream.IntStream;

/**
 * Cross-entropy with the class that the teacher answers, for teachers that say no more; hard-label distillation in Touvron et al. 2021,
 * «Training data-efficient image transformers & distillation through attention». Mean over rows of
 * {@code -log softmax(student)[argmax teacher]}. Student and teacher are logits, rows × classes; the result is a scalar.
 */
public record TeacherLabels() implements Loss {
    @Override
    public NDArray of(Batch batch) {
        return HardLabels.crossEntropy(batch.student(), batch.teacher().argMax(1));
    }

    @Override
    public Needs needs() {
        return Needs.of(Says.LABELS);
    }

    @Override
    public double[] asks(float[] teacher, int label, int classes) {
        int answer = IntStream.range(0, classes).reduce((a, b) -> teacher[b] > teacher[a] ? b : a).orElseThrow();
        return new HardLabels().asks(teacher, answer, classes);
    }

    @Override
    public String latex() {
        return "\\mathrm{CE}\\!\\left(\\arg\\max z_t,\\,\\mathrm{softmax}(z_s)\\right)";
    }

    @Override
    public String toString() {
        return "teacherLabels()";
    }
}
