package dev.retort.kernel.session;

/** The few colours of a report; it must read as well without them. */
final class Ansi {
    private Ansi() {
    }

    static String red(String text) {
        return colour(31, text);
    }

    static String dim(String text) {
        return colour(90, text);
    }

    static String bold(String text) {
        return colour(1, text);
    }

    private static String colour(int code, String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
