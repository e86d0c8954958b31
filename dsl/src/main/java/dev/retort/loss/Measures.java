package dev.retort.loss;

import ai.djl.ndarray.NDArray;

/**
 * Building blocks of equations. All work along the last axis, and none divides by the number of rows: a mean does.
 */
final class Measures {
    /** Squared lengths below this count as zero. */
    private static final double NOTHING = 1e-12;

    private Measures() {
    }

    /** A constant of an array's type, which lives as long as the array; see {@link Batch#constant}. */
    static NDArray constant(NDArray like, double value) {
        return like.getManager().create(value).toType(like.getDataType(), false);
    }

    /** KL(p ‖ q) of each row, from log probabilities. */
    static NDArray kl(NDArray logP, NDArray logQ) {
        return logP.exp().mul(logP.sub(logQ)).sum(new int[] {-1});
    }

    /** log Σ exp, with the axis kept. */
    static NDArray logSumExp(NDArray x) {
        NDArray highest = x.max(new int[] {-1}, true).stopGradient();
        return x.sub(highest).exp().sum(new int[] {-1}, true).log().add(highest);
    }

    /** log(1 + eˣ). */
    static NDArray softplus(NDArray x) {
        return x.getNDArrayInternal().softPlus();
    }

    /** Each row divided by its length. A row of zeros stays one, and gets no gradient. */
    static NDArray unit(NDArray x) {
        NDArray squared = x.square().sum(new int[] {-1}, true);
        NDArray zero = isZero(squared);
        return x.mul(constant(x, 1).sub(zero)).div(squared.add(zero).sqrt());
    }

    /** √x; where x is 0 so is its root, without a gradient. */
    static NDArray root(NDArray x) {
        NDArray zero = isZero(x);
        return x.add(zero).sqrt().mul(constant(x, 1).sub(zero));
    }

    /** 1 where a square counts as zero, otherwise 0. */
    static NDArray isZero(NDArray squares) {
        return squares.lte(constant(squares, NOTHING)).toType(squares.getDataType(), false);
    }

    /** Mean of ½d² where |d| is below 1, and of |d| − ½ elsewhere. */
    static NDArray smoothL1(NDArray one, NDArray other) {
        NDArray distance = one.sub(other).abs();
        NDArray capped = distance.minimum(constant(distance, 1));
        return capped.mul(distance.sub(capped.mul(constant(distance, 0.5)))).mean();
    }

    /** Mean of the squared differences. */
    static NDArray meanSquared(NDArray one, NDArray other) {
        return one.sub(other).square().mean();
    }

    /** Mean over rows of 1 − cos. */
    static NDArray cosineDistance(NDArray one, NDArray other) {
        return constant(one, 1).sub(unit(one).mul(unit(other)).sum(new int[] {-1}).mean());
    }

    /** One row of numbers for each row of any shape. */
    static NDArray flat(NDArray x) {
        return x.getShape().dimension() == 2 ? x : x.flatten(1, -1);
    }
}
