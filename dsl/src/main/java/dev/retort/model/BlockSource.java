package dev.retort.model;

import ai.djl.nn.Block;

/** Makes a fresh, uninitialised DJL block each time; may throw anything. */
@FunctionalInterface
public interface BlockSource {
    /**
     * A new block: a batch of rows, in the shape that the split has, → (batch, classes) logits. What it does with a batch is
     * recorded where it can be, and then repeated: what else it does, such as counting, may be done a few times only.
     *
     * @throws Exception passed on as the cause of an error that names the blueprint
     */
    Block get() throws Exception;
}
