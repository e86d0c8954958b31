package dev.retort.data;

import java.util.Map;

/**
 * What a model said of some rows.
 *
 * @param logits rows × classes, row-major; see {@link Says} for models that have none
 * @param layers the inner layers that were asked for, by name
 */
public record Answer(float[] logits, Map<String, Layer> layers) {
    public Answer {
        layers = Map.copyOf(layers);
    }

    /** Logits alone. */
    public Answer(float[] logits) {
        this(logits, Map.of());
    }
}
