package dev.retort.data;

import java.util.Locale;

/** What rows are for. */
enum Part {
    TRAIN, VALIDATION, TEST, TRANSFER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
