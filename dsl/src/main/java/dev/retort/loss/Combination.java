package dev.retort.loss;

import java.util.List;

/** A loss that is made of others. */
interface Combination extends Loss {
    List<Loss> losses();

    /** The same combination of other losses. */
    Loss with(List<Loss> losses);

    @Override
    default Needs needs() {
        return losses().stream().map(Loss::needs).reduce(Needs.NOTHING, Needs::and);
    }

    @Override
    default Loss between(Layout layout) {
        return with(losses().stream().map(loss -> loss.between(layout)).toList());
    }

    @Override
    default List<Part> parts(Layout layout) {
        return losses().stream().flatMap(loss -> loss.parts(layout).stream()).distinct().toList();
    }
}
