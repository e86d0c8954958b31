package dev.retort.kernel.assist;

/** The identifiers in a text. */
final class Words {
    private Words() {
    }

    /** Where the identifier starts that ends at {@code end}; {@code end} if none does. */
    static int start(String code, int end) {
        int start = end;
        while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Where the identifier ends that {@code at} is in; {@code at} if it is in none. */
    static int end(String code, int at) {
        int end = at;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The last character before {@code at} that is not blank; NUL if there is none. */
    static char significantBefore(String code, int at) {
        int last = at - 1;
        while (last >= 0 && Character.isWhitespace(code.charAt(last))) {
            last--;
        }
        return last < 0 ? '\0' : code.charAt(last);
    }
}
