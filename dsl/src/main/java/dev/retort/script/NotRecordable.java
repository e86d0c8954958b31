package dev.retort.script;

/** An operation that has no counterpart in the text; what wanted to be recorded runs operation by operation instead. */
public final class NotRecordable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotRecordable(String what) {
        super(what);
    }
}
