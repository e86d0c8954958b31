package bench;

import static dev.retort.Retort.cnn;
import static dev.retort.Retort.mlp;

import dev.retort.model.Blueprint;
import java.util.stream.Stream;

/** Blueprints from how they are written: {@code mlp(64)}, {@code cnn(32, 64)}. */
final class Nets {
    private Nets() {
    }

    static Blueprint parse(String text) {
        int[] sizes = Stream.of(text.replaceAll("[^0-9,]", "").split(",")).mapToInt(Integer::parseInt).toArray();
        return text.startsWith("mlp") ? mlp(sizes) : cnn(sizes);
    }
}
