package dev.retort.loss;

import ai.djl.ndarray.NDArray;

/**
 * Cross-entropy with the true labels: mean over rows of {@code -log softmax(student)[label]}. It is maximum likelihood, and of no
 * paper in particular. The student is logits, rows × classes; labels are rows; the result is a scalar.
 */
public record HardLabels() implements Loss {
    @Override
    public NDArray of(Batch batch) {
        return crossEntropy(batch.student(), batch.labels());
    }

    static NDArray crossEntropy(NDArray logits, NDArray classes) {
        return logits.logSoftmax(-1).gather(classes.expandDims(1), 1).mean().neg();
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public double[] asks(float[] teacher, int label, int classes) {
        double[] one = new double[classes];
        one[label] = 1;
        return one;
    }

    @Override
    public Loss whereLabelled() {
        return new WhereLabelled(this);
    }

    @Override
    public String latex() {
        return "\\mathrm{CE}\\!\\left(y,\\,\\mathrm{softmax}(z_s)\\right)";
    }

    @Override
    public String toString() {
        return "hardLabels()";
    }
}
