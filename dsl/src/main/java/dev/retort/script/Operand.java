package dev.retort.script;

import ai.djl.ndarray.NDArray;

/** An array of the recorded code: what it holds for the example rows, and its name; a constant has none. */
class Operand {
    private final NDArray example;
    private final String name;

    Operand(NDArray example, String name) {
        this.example = example;
        this.name = name;
    }

    NDArray example() {
        return example;
    }

    String name() {
        return name;
    }

    boolean isConstant() {
        return name == null;
    }
}
