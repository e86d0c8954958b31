package dev.retort.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.Trainer;
import dev.retort.data.Split;

/** The validation rows on the trainer's device, with what labels and teacher say of them. */
final class Validation {
    /** For rows that have no validation split. */
    static final Validation NONE = new Validation(null, null, null, null, null);

    private static final int BATCH = 1024;

    private final Trainer trainer;
    private final NDArray features;
    private final Shape rowShape;
    private final int[] labels;
    private final int[] teacher;

    /** Shares of the rows, from 0 to 1; NaN where there is nothing to compare with. */
    record Shares(double accuracy, double agreement) {
    }

    private Validation(Trainer trainer, NDArray features, Shape rowShape, int[] labels, int[] teacher) {
        this.trainer = trainer;
        this.features = features;
        this.rowShape = rowShape;
        this.labels = labels;
        this.teacher = teacher;
    }

    Validation(Trainer trainer, Split rows, Standardizer inputs, Targets targets) {
        this(trainer, inputs.upload(trainer.getManager(), rows), rows.rowShape(), rows.labels(),
                targets == null ? null : Logits.predicted(targets.validationLogits(), rows.classes().size()));
    }

    /** How the net does now. */
    Shares measure() {
        if (this == NONE) {
            return new Shares(Double.NaN, Double.NaN);
        }
        int[] predicted = predict();
        double agreement = teacher == null ? Double.NaN : Logits.agreement(predicted, teacher);
        return new Shares(Logits.agreement(predicted, labels), agreement);
    }

    private int[] predict() {
        int[] predicted = new int[labels.length];
        for (int from = 0; from < labels.length; from += BATCH) {
            int to = Math.min(labels.length, from + BATCH);
            try (NDManager scope = features.getManager().newSubManager()) {
                NDArray rows = features.get(scope, new NDIndex().addSliceDim(from, to));
                NDArray inputs = rows.reshape(new Shape(to - from).addAll(rowShape));
                long[] classes = trainer.evaluate(new NDList(inputs)).singletonOrThrow().argMax(1).toLongArray();
                for (int i = from; i < to; i++) {
                    predicted[i] = (int) classes[i - from];
                }
            }
        }
        return predicted;
    }
}
