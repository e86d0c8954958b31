package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Deep mutual learning (Zhang, Xiang, Hospedales and Lu 2018): several students minimise together
 *
 * <pre>  Σ over students i of [ CE(y, softmax(zᵢ)) + mean over the others j of KL( softmax(zⱼ) ‖ softmax(zᵢ) ) ]</pre>
 *
 * each a mean over rows; logits are rows × classes, labels rows, and the result is a scalar. What another student says is a target: no
 * gradient flows into it. The students' logits are the layers {@code layer.1}, {@code layer.2}, … of one net. All of them move in the
 * same step; the paper moves one after the other.
 *
 * @param students at least 2
 */
public record MutualLearning(int students) implements Loss {
    /** @throws IllegalArgumentException when there are not at least two */
    public MutualLearning {
        Numbers.require(students >= 2, "mutual learning takes at least two students, not " + students);
    }

    @Override
    public NDArray of(Batch batch) {
        NDArray[] logits = names().map(batch.studentLayers()::get).toArray(NDArray[]::new);
        NDArray share = batch.constant(1.0 / (students - 1));
        NDArray sum = null;
        for (int i = 0; i < students; i++) {
            NDArray own = HardLabels.crossEntropy(logits[i], batch.labels());
            for (int j = 0; j < students; j++) {
                if (j != i) {
                    NDArray other = logits[j].stopGradient().logSoftmax(-1);
                    own = own.add(Measures.kl(other, logits[i].logSoftmax(-1)).mean().mul(share));
                }
            }
            sum = sum == null ? own : sum.add(own);
        }
        return sum;
    }

    private Stream<String> names() {
        return IntStream.rangeClosed(1, students).mapToObj(i -> "layer." + i);
    }

    @Override
    public Needs needs() {
        return new Needs(null, Set.of(), names().collect(Collectors.toSet()));
    }

    @Override
    public String latex() {
        return "\\sum_i\\left[\\mathrm{CE}(y, p_i) + \\tfrac{1}{%d}\\sum_{j\\ne i}\\mathrm{KL}(p_j\\,\\|\\,p_i)\\right]".formatted(students - 1);
    }

    @Override
    public String toString() {
        return "mutualLearning(" + students + ")";
    }
}
