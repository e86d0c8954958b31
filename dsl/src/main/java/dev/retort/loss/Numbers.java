package dev.retort.loss;

import java.math.BigDecimal;

/** Numbers as a person writes them: 4, not 4.0. */
final class Numbers {
    private Numbers() {
    }

    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
