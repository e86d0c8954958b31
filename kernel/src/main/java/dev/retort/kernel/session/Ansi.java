package dev.retort.kernel.session;

/** The few colours of a report; it must read as well without them. */
final class Ansi {
    private Ansi() {
    }

    static String red(String text) {
        return colour(31, text);
    }

    /** Faint, which some front ends show as usual: grey cannot be read on every background. */
    static String dim(String text) {
        return colour(2, text);
    }

    static String bold(String text) {
        return colour(1, text);
    }

    private static String colour(int code, String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
