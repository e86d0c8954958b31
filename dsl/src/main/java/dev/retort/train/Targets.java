package dev.retort.train;

import dev.retort.data.Layer;
import dev.retort.data.Says;
import java.util.Map;

/**
 * What a teacher said of the rows of a split, in the split's order.
 *
 * @param teacher          who it is
 * @param says             how much of it can be trusted: logits that are log probabilities, or one class a row
 * @param logits           rows × classes, row-major
 * @param layers           its inner layers that were asked for, by name
 * @param validationLogits the same for the validation rows, for the agreement; empty where there are none
 */
public record Targets(Provenance.Teacher teacher, Says says, float[] logits, Map<String, Layer> layers, float[] validationLogits) {
}
