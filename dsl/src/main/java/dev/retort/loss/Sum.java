package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sum of two losses. */
record Sum(Loss left, Loss right) implements Combination {
    @Override
    public NDArray of(Batch batch) {
        return left.of(batch).add(right.of(batch));
    }

    @Override
    public List<Loss> losses() {
        return List.of(left, right);
    }

    @Override
    public Loss with(List<Loss> losses) {
        return new Sum(losses.get(0), losses.get(1));
    }

    @Override
    public double weight() {
        return left.weight() + right.weight();
    }

    @Override
    public Map<Loss, Double> terms(Moment now) {
        Map<Loss, Double> all = new LinkedHashMap<>(left.terms(now));
        right.terms(now).forEach((term, weight) -> all.merge(term, weight, Double::sum));
        return all;
    }

    @Override
    public String latex() {
        return left.latex() + " + " + right.latex();
    }

    @Override
    public String toString() {
        return left + ".plus(" + right + ")";
    }
}
