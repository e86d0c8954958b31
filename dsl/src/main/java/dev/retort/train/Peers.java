package dev.retort.train;

import ai.djl.nn.ParallelBlock;

/** Networks side by side on the same inputs, which learn together: their logits are its {@link Taps layers}; those of the first come out. */
public final class Peers extends ParallelBlock {
    /** Without any; add them. */
    public Peers() {
        super(outputs -> outputs.get(0));
    }
}
