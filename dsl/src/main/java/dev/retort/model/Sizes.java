package dev.retort.model;

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

    static String call(String word, List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", word + "(", ")"));
    }
}
