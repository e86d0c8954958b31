package dev.retort.kernel.assist;

import java.util.List;

/**
 * What may stand at the cursor.
 *
 * @param matches texts that replace the code from {@code start} to the cursor, the best first
 * @param start   in UTF-16 units
 */
public record Completion(List<Match> matches, int start) {
    /** The kinds of things, as front ends show them. */
    public enum Kind { FUNCTION, CLASS, INTERFACE, ENUM, MODULE, KEYWORD, INSTANCE, FIELD, MAGIC, PATH }

    /**
     * One text.
     *
     * @param signature what it is, such as {@code String substring(int beginIndex)}; may be empty
     */
    public record Match(String text, Kind kind, String signature) {
    }
}
