package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A loss times a constant. */
record Weighted(Loss term, double factor) implements Combination {
    Weighted {
        Numbers.require(factor >= 0 && Double.isFinite(factor),
                term + ".times(" + Numbers.plain(factor) + "): a weight is 0 or more; leave a term out to drop it");
    }

    @Override
    public NDArray of(Batch batch) {
        return term.of(batch).mul(batch.constant(factor));
    }

    @Override
    public List<Loss> losses() {
        return List.of(term);
    }

    @Override
    public Loss with(List<Loss> losses) {
        return new Weighted(losses.get(0), factor);
    }

    @Override
    public double weight() {
        return term.weight() * factor;
    }

    @Override
    public Map<Loss, Double> terms(Moment now) {
        return scaled(term.terms(now), factor);
    }

    static Map<Loss, Double> scaled(Map<Loss, Double> terms, double factor) {
        Map<Loss, Double> scaled = new LinkedHashMap<>(terms);
        scaled.replaceAll((term, weight) -> weight * factor);
        return scaled;
    }

    @Override
    public String latex() {
        return Numbers.plain(factor) + "\\cdot " + bracketed(term);
    }

    static String bracketed(Loss term) {
        return term instanceof Sum ? "\\left(" + term.latex() + "\\right)" : term.latex();
    }

    @Override
    public String toString() {
        return term + ".times(" + Numbers.plain(factor) + ")";
    }
}
