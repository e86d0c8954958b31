package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import dev.retort.data.Says;

/**
 * Matching logits (Ba and Caruana 2014, «Do Deep Nets Really Need to be Deep?»): mean over rows and classes of
 * {@code (student − teacher)²}, both of them rows × classes; the result is a scalar. The teacher must say raw logits: log probabilities
 * are shifted.
 */
public record LogitsMse() implements Loss {
    @Override
    public NDArray of(Batch batch) {
        return Measures.meanSquared(batch.student(), batch.teacher());
    }

    @Override
    public Needs needs() {
        return Needs.of(Says.LOGITS);
    }

    @Override
    public String latex() {
        return "\\tfrac{1}{K}\\left\\|z_s - z_t\\right\\|_2^2";
    }

    @Override
    public String toString() {
        return "logitsMse()";
    }
}
