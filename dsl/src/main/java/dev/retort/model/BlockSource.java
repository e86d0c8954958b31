package dev.retort.model;

import ai.djl.nn.Block;

/** Makes a fresh, uninitialised DJL block each time; may throw anything. */
@FunctionalInterface
public interface BlockSource {
    /**
     * A new block: a batch of rows, in the shape that the split has, → (batch, classes) logits.
     *
     * @throws Exception passed on as the cause of an error that names the blueprint
     */
    Block get() throws Exception;
}
