package dev.retort.train;

import static dev.retort.loss.Numbers.require;

/** Refuses options that are out of range. */
final class Checks {
    private Checks() {
    }

    static void rate(String word, double rate) {
        require(rate > 0 && Double.isFinite(rate), word + "(" + rate + "): a positive learning rate is needed; "
                + (word.equals("sgd") ? "0.1" : "0.001") + " is usual");
    }

    static void decay(double decay) {
        require(decay >= 0 && Double.isFinite(decay), "decay(" + decay + "): a number from 0 on is needed; 0.0001 to 0.05 are usual");
    }
}
