package dev.retort.model;

import ai.djl.ndarray.types.Shape;
import dev.retort.data.Split;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers in {@code mlp(64, 32)}. */
final class Sizes {
    private Sizes() {
    }

    static List<Integer> check(String word, String what, List<Integer> sizes) {
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException(word + "() needs at least one " + what + ", such as " + word + "(32)");
        }
        if (sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(call(word, sizes) + ": each " + what + " is at least 1");
        }
        return List.copyOf(sizes);
    }

    /** Refuses rows that are no images, or too small for a net that halves them so many times. */
    static void checkImages(Blueprint net, Split rows, int halvings) {
        Shape shape = rows.rowShape();
        if (shape.dimension() != 3) {
            throw new IllegalArgumentException(net + " needs images of (channels, height, width), but rows of " + rows.name()
                    + " have the shape " + shape + "; use mlp(…) for them");
        }
        if (Math.min(shape.get(1), shape.get(2)) >> halvings == 0) {
            throw new IllegalArgumentException(net + " halves the image " + halvings + " times, but images of "
                    + rows.name() + " have only " + shape.get(1) + " × " + shape.get(2) + " pixels; use fewer channels");
        }
    }

    static String call(String word, List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", word + "(", ")"));
    }
}
