package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A loss times a factor that changes over the run. */
record Scheduled(Loss term, Schedule factor) implements Combination {
    @Override
    public NDArray of(Batch batch) {
        return term.of(batch).mul(batch.constant(factor.at(batch.now().progress())));
    }

    @Override
    public List<Loss> losses() {
        return List.of(term);
    }

    @Override
    public Loss with(List<Loss> losses) {
        return new Scheduled(losses.get(0), factor);
    }

    @Override
    public double weight() {
        return term.weight() * IntStream.rangeClosed(0, 100).mapToDouble(percent -> factor.at(percent / 100.0)).max().orElseThrow();
    }

    @Override
    public Map<Loss, Double> terms(Moment now) {
        return Weighted.scaled(term.terms(now), factor.at(now.progress()));
    }

    @Override
    public String latex() {
        return "\\mathrm{" + factor + "}\\cdot " + Weighted.bracketed(term);
    }

    @Override
    public String toString() {
        return term + ".times(" + factor + ")";
    }
}
