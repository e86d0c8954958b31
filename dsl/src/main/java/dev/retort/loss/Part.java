package dev.retort.loss;

import ai.djl.ndarray.types.Shape;

/**
 * An array that a loss keeps during a run, beside the student and never in it; thrown away at the end. It begins with
 * numbers drawn evenly between two bounds.
 *
 * @param trained whether the optimiser moves it as it moves the student's weights; otherwise the loss writes into it
 */
public record Part(String name, Shape shape, double low, double high, boolean trained) {
    /** Weights as PyTorch's layers begin: within ±1/√inputs. */
    static Part weights(String name, long outputs, long inputs) {
        double bound = 1 / Math.sqrt(inputs);
        return new Part(name, new Shape(outputs, inputs), -bound, bound, true);
    }

    Part named(String name) {
        return new Part(name, shape, low, high, trained);
    }
}
