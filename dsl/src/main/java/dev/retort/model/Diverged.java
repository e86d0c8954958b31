package dev.retort.model;

import java.util.Optional;

/** A training ended because its loss became no number. What was learned before is kept. */
public final class Diverged extends IllegalStateException {
    private final transient Classifier student;

    /** @param student of the last good epoch; null when there was none */
    Diverged(String message, Classifier student) {
        super(message + (student == null ? "" : "; student() of this error is that of epoch " + student.provenance().kept()));
        this.student = student;
    }

    /** The student of the last good epoch; empty when the first epoch was spoiled. */
    public Optional<Classifier> student() {
        return Optional.ofNullable(student);
    }
}
