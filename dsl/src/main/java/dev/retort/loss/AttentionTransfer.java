package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Attention transfer (Zagoruyko and Komodakis 2017, «Paying More Attention to Attention»): where a convolution looks. The
 * attention map is the mean of the squared channels, with length 1; the loss is the mean squared difference of the maps.
 *
 * <pre>  mean over rows and positions of ( Q_s − Q_t )²,   Q = A / ‖A‖,   A = mean over channels of F²</pre>
 *
 * Channels may differ. Where height or width differ, the larger layer is averaged down to the smaller (adaptive average
 * pooling).
 */
public record AttentionTransfer() implements LayerTerm {
    @Override
    public NDArray of(LayerPair layers) {
        LayerPair maps = layers.maps();
        return Measures.meanSquared(attention(maps.student()), attention(maps.teacher()));
    }

    private static NDArray attention(NDArray maps) {
        return Measures.unit(maps.square().mean(new int[] {1}).flatten(1, 2));
    }

    @Override
    public boolean suits(Shape shape) {
        return Maps.suits(shape);
    }

    @Override
    public String suited() {
        return Maps.SUITED;
    }

    @Override
    public String latex() {
        return "\\tfrac{1}{HW}\\left\\|\\tfrac{A_s}{\\|A_s\\|} - \\tfrac{A_t}{\\|A_t\\|}\\right\\|_2^2,\\quad A = \\tfrac{1}{C}\\sum_c F_c^2";
    }

    @Override
    public String toString() {
        return "attentionTransfer()";
    }
}
