package dev.retort.train;

import static dev.retort.loss.Numbers.require;

import ai.djl.ndarray.NDArray;
import dev.retort.loss.Numbers;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019), as PyTorch does them: the gradient's mean over the
 * root of its mean square, both running and corrected for their start at 0.
 *
 * @param rate      the learning rate, above 0
 * @param beta1     how much of the mean stays, from 0 to below 1; 0.9 unless set
 * @param beta2     how much of the mean square stays, from 0 to below 1; 0.999 unless set
 * @param epsilon   added to the root, above 0; 1e-8 unless set
 * @param decay     0 or more; 0 unless set, 0.01 for AdamW
 * @param decoupled whether the decay goes beside the gradient (AdamW) rather than through it (Adam)
 */
public record Adam(double rate, double beta1, double beta2, double epsilon, double decay, boolean decoupled) implements Optimizer {
    /** @throws IllegalArgumentException when a number is out of range */
    public Adam {
        Checks.rate(decoupled ? "adamW" : "adam", rate);
        require(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1,
                "betas(" + beta1 + ", " + beta2 + "): numbers from 0 to below 1 are needed; 0.9 and 0.999 are usual");
        require(epsilon > 0 && Double.isFinite(epsilon), "epsilon(" + epsilon + "): a positive number is needed; 1e-8 is usual");
        Checks.decay(decay);
    }

    /** Adam with this learning rate. */
    public static Adam adam(double rate) {
        return new Adam(rate, 0.9, 0.999, 1e-8, 0, false);
    }

    /** AdamW with this learning rate and a decay of 0.01. */
    public static Adam adamW(double rate) {
        return new Adam(rate, 0.9, 0.999, 1e-8, 0.01, true);
    }

    @Override
    public Adam rate(double rate) {
        return new Adam(rate, beta1, beta2, epsilon, decay, decoupled);
    }

    /** The same with other shares that stay of the mean and of the mean square. */
    public Adam betas(double beta1, double beta2) {
        return new Adam(rate, beta1, beta2, epsilon, decay, decoupled);
    }

    /** The same with another number added to the root. */
    public Adam epsilon(double epsilon) {
        return new Adam(rate, beta1, beta2, epsilon, decay, decoupled);
    }

    @Override
    public Adam decay(double decay) {
        return new Adam(rate, beta1, beta2, epsilon, decay, decoupled);
    }

    @Override
    public int moments() {
        return 2;
    }

    @Override
    public NDArray change(NDArray weights, NDArray gradient, List<NDArray> moments, long step, double rate) {
        NDArray g = decoupled || decay == 0 ? gradient : gradient.add(weights.mul(decay));
        NDArray mean = moments.get(0).muli(beta1).addi(g.mul(1 - beta1));
        NDArray meanSquare = moments.get(1).muli(beta2).addi(g.square().muli(1 - beta2));
        NDArray root = meanSquare.sqrt().divi(Math.sqrt(1 - Math.pow(beta2, step))).addi(epsilon);
        NDArray change = mean.div(root).muli(rate / (1 - Math.pow(beta1, step)));
        return decoupled && decay > 0 ? change.addi(weights.mul(rate * decay)) : change;
    }

    @Override
    public String toString() {
        return (decoupled ? "adamW(" : "adam(") + Numbers.plain(rate) + ")"
                + (beta1 == 0.9 && beta2 == 0.999 ? "" : ".betas(" + Numbers.plain(beta1) + ", " + Numbers.plain(beta2) + ")")
                + (epsilon == 1e-8 ? "" : ".epsilon(" + Numbers.plain(epsilon) + ")")
                + (decay == (decoupled ? 0.01 : 0) ? "" : ".decay(" + Numbers.plain(decay) + ")");
    }
}
