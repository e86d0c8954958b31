package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.retort.data.Split;

/** A term that reads labels, on the rows of the batch that have one: their mean; 0 where there is none. */
record WhereLabelled(Loss term) implements Loss {
    @Override
    public NDArray of(Batch batch) {
        NDArray labelled = batch.labels().gte(0).nonzero().flatten();
        if (labelled.isEmpty()) {
            return batch.student().mean().mul(batch.constant(0));
        }
        NDIndex chosen = new NDIndex("{}", labelled);
        return term.of(Batch.of(batch.student().get(chosen), batch.teacher() == null ? null : batch.teacher().get(chosen),
                batch.labels().get(chosen)));
    }

    @Override
    public Needs needs() {
        return term.needs();
    }

    @Override
    public double[] asks(float[] teacher, int label, int classes) {
        return label == Split.UNLABELLED ? new double[classes] : term.asks(teacher, label, classes);
    }

    @Override
    public String latex() {
        return term.latex();
    }

    @Override
    public String toString() {
        return term.toString();
    }
}
