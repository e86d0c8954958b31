package dev.retort.loss;

import ai.djl.ndarray.NDArray;

/**
 * Similarity-preserving distillation (Tung and Mori 2019, «Similarity-Preserving Knowledge Distillation»): the squared
 * difference of the matrices of products between the N rows of a batch, each row of a matrix having length 1.
 *
 * <pre>  ‖ G_s − G_t ‖² / N²,   G = F · Fᵀ with rows of length 1</pre>
 *
 * Maps are taken as rows of numbers; widths may differ.
 */
public record SimilarityPreserving() implements LayerTerm {
    @Override
    public NDArray of(LayerPair layers) {
        LayerPair rows = layers.flat();
        return Measures.meanSquared(similarities(rows.student()), similarities(rows.teacher()));
    }

    private static NDArray similarities(NDArray x) {
        return Measures.unit(x.matMul(x.transpose()));
    }

    @Override
    public String latex() {
        return "\\tfrac{1}{N^2}\\left\\|\\widehat{F_sF_s^\\top} - \\widehat{F_tF_t^\\top}\\right\\|_F^2";
    }

    @Override
    public String toString() {
        return "similarityPreserving()";
    }
}
