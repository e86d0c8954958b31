package dev.retort.loss;

import java.math.BigDecimal;

/** Numbers as a person writes them: 4, not 4.0. */
public final class Numbers {
    private Numbers() {
    }

    /** The shortest decimal that means this number; one that is infinite or none as Java writes it. */
    public static String plain(double value) {
        return !Double.isFinite(value) ? String.valueOf(value) : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
