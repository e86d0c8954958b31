package dev.retort.loss;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Numbers as a person writes them, 4 and not 4.0, and those that are out of range. */
public final class Numbers {
    private Numbers() {
    }

    /** The shortest decimal that means this number; one that is infinite or none as Java writes it. */
    public static String plain(double value) {
        return !Double.isFinite(value) ? String.valueOf(value) : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** {@code word(1, 0.5)}. */
    static String call(String word, double... arguments) {
        return Arrays.stream(arguments).mapToObj(Numbers::plain).collect(Collectors.joining(", ", word + "(", ")"));
    }

    /** @throws IllegalArgumentException with this message, unless it holds */
    public static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** @throws IllegalArgumentException when the temperature is not a positive, finite number */
    static void requireTemperature(double temperature, String call) {
        require(temperature > 0 && Double.isFinite(temperature),
                call + ": a temperature is above 0; 1 leaves the teacher as it is, 2 to 8 are usual");
    }
}
