package dev.retort.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.retort.data.Split;
import dev.retort.train.Provenance;
import dev.retort.train.Standardizer;
import java.util.List;
import java.util.Map;

/**
 * All that there is of a classifier that can be written to a file.
 *
 * @param content weights, trees, or the file of an imported model, as its kind writes them
 */
record Stored(Description description, Provenance provenance, byte[] content) {
    /** The same with its provenance, which needs the fingerprint of what came out. */
    Stored told(Provenance provenance) {
        return new Stored(description, provenance, content);
    }

    /**
     * All that decides the answers, but for the content.
     *
     * @param kind      which class reads the content
     * @param name      what it is; for one that was trained here, its blueprint
     * @param columns   the names of the features of a row, of a text its words; empty where it is an image
     * @param mean      of the inputs, as {@link Standardizer} has them
     * @param deviation likewise
     * @param details   what else its kind must know
     */
    record Description(
            String kind, String name, List<String> classes, long[] rowShape, @JsonInclude(Include.NON_EMPTY) List<String> columns,
            float[] mean, float[] deviation, Map<String, String> details) {
        Description {
            classes = List.copyOf(classes);
            columns = columns == null ? List.of() : List.copyOf(columns); // Files were once written without.
            details = Map.copyOf(details);
        }

        /** Of a model that a blueprint became on these rows. */
        static Description of(String kind, Blueprint blueprint, Split rows, Standardizer inputs) {
            return new Description(kind, blueprint.toString(), rows.classes(), rows.rowShape().getShape(),
                    rows.columns(), inputs.mean(), inputs.deviation(), Map.of());
        }
    }
}
