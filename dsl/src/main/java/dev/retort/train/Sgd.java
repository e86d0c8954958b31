package dev.retort.train;

import static dev.retort.loss.Numbers.require;

import ai.djl.ndarray.NDArray;
import dev.retort.loss.Numbers;
import java.util.List;

/**
 * Stochastic gradient descent, as PyTorch does it: {@code v ← momentum · v + g + decay · w}, then {@code w ← w − rate · v}.
 *
 * @param rate     the learning rate, above 0
 * @param momentum from 0 to below 1; 0 unless set
 * @param decay    0 or more; 0 unless set
 */
public record Sgd(double rate, double momentum, double decay) implements Optimizer {
    /** @throws IllegalArgumentException when a number is out of range */
    public Sgd {
        Checks.rate("sgd", rate);
        require(momentum >= 0 && momentum < 1, "momentum(" + momentum + "): a number from 0 to below 1 is needed; 0.9 is usual");
        Checks.decay(decay);
    }

    @Override
    public Sgd rate(double rate) {
        return new Sgd(rate, momentum, decay);
    }

    /** The same with a momentum, from 0 to below 1. */
    public Sgd momentum(double momentum) {
        return new Sgd(rate, momentum, decay);
    }

    @Override
    public Sgd decay(double decay) {
        return new Sgd(rate, momentum, decay);
    }

    @Override
    public int moments() {
        return momentum == 0 ? 0 : 1;
    }

    @Override
    public NDArray change(NDArray weights, NDArray gradient, List<NDArray> moments, long step, double rate) {
        NDArray decayed = decay == 0 ? gradient : gradient.add(weights.mul(decay));
        NDArray velocity = momentum == 0 ? decayed : moments.get(0).muli(momentum).addi(decayed);
        return velocity.mul(rate);
    }

    @Override
    public String toString() {
        return "sgd(" + Numbers.plain(rate) + ")"
                + (momentum == 0 ? "" : ".momentum(" + Numbers.plain(momentum) + ")")
                + (decay == 0 ? "" : ".decay(" + Numbers.plain(decay) + ")");
    }
}
