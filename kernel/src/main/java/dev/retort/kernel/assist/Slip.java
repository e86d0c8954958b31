package dev.retort.kernel.assist;

/**
 * What the compiler rejects.
 *
 * @param problem the compiler's code of the error, such as {@code compiler.err.cant.resolve}; its words depend on the locale
 * @param code    the statement or declaration
 * @param start   where the rejected text starts in it
 * @param end     where that ends; not before {@code start}
 */
public record Slip(String problem, String code, int start, int end) {
    private static final String PREFIX = "compiler.err.";

    /** The problem without what all have in common. */
    String kind() {
        return problem.startsWith(PREFIX) ? problem.substring(PREFIX.length()) : problem;
    }

    String text() {
        return code.substring(start, end);
    }

    /** The identifier that the rejected text ends with; empty if it ends with none. */
    public String name() {
        return code.substring(Words.start(code, end), end);
    }

    /** What follows, without blanks before it. */
    String after() {
        return code.substring(end).stripLeading();
    }

    /** Whether the name follows a dot. */
    boolean isMember() {
        return Words.significantBefore(code, Words.start(code, end)) == '.';
    }

    /** The last word before the rejected text. */
    String wordBefore() {
        int last = code.substring(0, start).stripTrailing().length();
        return code.substring(Words.start(code, last), last);
    }

    /** The word at the rejected text, or the next one. */
    String wordAt() {
        int first = code.length() - code.substring(start).stripLeading().length();
        return code.substring(first, Words.end(code, first));
    }
}
