package dev.retort.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
    default List<Loss> terms() {
        return losses().stream().flatMap(loss -> loss.terms().stream()).toList();
    }

    @Override
    default Loss between(Layout layout) {
        return with(losses().stream().map(loss -> loss.between(layout)).toList());
    }

    /** The sum of what its terms ask for; their weights must be the same all the time. */
    @Override
    default double[] asks(float[] teacher, int label, int classes) {
        Map<Loss, Double> terms = terms(Moment.START);
        Numbers.require(terms.equals(terms(Moment.END)), this + " changes over a run, but trees and other models without gradients"
                + " learn all at once; give them weights that stay the same");
        double[] sum = new double[classes];
        terms.forEach((term, weight) -> {
            double[] asked = term.asks(teacher, label, classes);
            Arrays.setAll(sum, c -> sum[c] + weight * asked[c]);
        });
        return sum;
    }

    @Override
    default Loss whereLabelled() {
        return with(losses().stream().map(Loss::whereLabelled).toList());
    }

    @Override
    default List<Part> parts(Layout layout) {
        return losses().stream().flatMap(loss -> loss.parts(layout).stream()).distinct().toList();
    }
}
