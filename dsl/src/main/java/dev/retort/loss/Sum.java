package dev.retort.loss;

import ai.djl.ndarray.NDArray;

/** The sum of two losses. */
record Sum(Loss left, Loss right) implements Loss {
    @Override
    public NDArray of(Batch batch) {
        return left.of(batch).add(right.of(batch));
    }

    @Override
    public Needs needs() {
        return left.needs().and(right.needs());
    }

    @Override
    public double weight() {
        return left.weight() + right.weight();
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
