package dev.retort.loss;

import ai.djl.ndarray.NDArray;

/** A loss times a constant. */
record Weighted(Loss term, double factor) implements Loss {
    Weighted {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException(
                    term + ".times(" + factor + "): a weight is 0 or more; leave a term out to drop it");
        }
    }

    @Override
    public NDArray of(Batch batch) {
        return term.of(batch).mul(batch.constant(factor));
    }

    @Override
    public Needs needs() {
        return term.needs();
    }

    @Override
    public double weight() {
        return term.weight() * factor;
    }

    @Override
    public String latex() {
        String inner = term instanceof Sum ? "\\left(" + term.latex() + "\\right)" : term.latex();
        return Numbers.plain(factor) + "\\cdot " + inner;
    }

    @Override
    public String toString() {
        return term + ".times(" + Numbers.plain(factor) + ")";
    }
}
