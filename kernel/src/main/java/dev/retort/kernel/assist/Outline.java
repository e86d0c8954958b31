package dev.retort.kernel.assist;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the statements and declarations of a cell start and end, and what is still open at its end: found by brackets and
 * semicolons alone, since code that is being written seldom parses.
 */
final class Outline {
    /** A statement or declaration; the last one of a cell may be unfinished. */
    record Unit(int start, int end) {
    }

    /** What the end of the code stands in. */
    enum Context { CODE, STRING, COMMENT }

    /** Words of an expression: a brace after them ends with the expression, at a semicolon. */
    private static final Set<String> OF_EXPRESSIONS = Set.of("new", "return", "throw", "yield");
    private static final Set<String> CONTINUING = Set.of("else", "catch", "finally");
    private static final Pattern DO = Pattern.compile("do\\b");

    private final String code;
    private final List<Unit> units = new ArrayList<>();
    private final Deque<String> closers = new ArrayDeque<>();
    private Context context = Context.CODE;
    private int literalStart;
    private int unitStart = -1;
    private boolean expression;
    private char previous;

    private Outline(String code) {
        this.code = code;
    }

    static Outline of(String code) {
        Outline outline = new Outline(code);
        outline.scan();
        return outline;
    }

    /** In their order; one that the end of the code cuts off is the last. */
    List<Unit> units() {
        return units;
    }

    Context context() {
        return context;
    }

    /** Where the string starts, after its quote, that the end of the code stands in. */
    int literalStart() {
        return literalStart;
    }

    /** Whether every bracket that was opened is closed. */
    boolean isBalanced() {
        return closers.isEmpty() && context == Context.CODE;
    }

    /** What closes all that is open, the innermost first. */
    String closers() {
        return String.join("", closers);
    }

    /** What closes the brackets that the innermost block or body has open. */
    String closersWithinBlock() {
        StringBuilder text = new StringBuilder();
        for (String closer : closers) {
            if (closer.equals(";}")) {
                break;
            }
            text.append(closer);
        }
        return text.toString();
    }

    /** The last one; there must be one. */
    Unit last() {
        return units.get(units.size() - 1);
    }

    /** The last character that is neither blank nor in a comment; 0 if there is none. */
    char lastSignificant() {
        return previous;
    }

    private void scan() {
        int at = 0;
        while (at < code.length()) {
            at = pass(at);
        }
        if (unitStart >= 0) {
            units.add(new Unit(unitStart, code.length()));
        }
    }

    /** Passes one word, comment, literal or other character. */
    private int pass(int at) {
        char c = code.charAt(at);
        if (code.startsWith("//", at)) {
            return passLiteral(at, at + 2, "\n", Context.COMMENT);
        }
        if (code.startsWith("/*", at)) {
            return passLiteral(at, at + 2, "*/", Context.COMMENT);
        }
        if (Character.isWhitespace(c)) {
            return at + 1;
        }
        int end = passSignificant(at, c);
        previous = code.charAt(end - 1);
        return end;
    }

    private int passSignificant(int at, char c) {
        if (Character.isJavaIdentifierStart(c)) {
            return passWord(at);
        }
        if (unitStart < 0) {
            unitStart = at;
        }
        if (code.startsWith("\"\"\"", at)) {
            return passLiteral(at, at + 3, "\"\"\"", Context.STRING);
        }
        if (c == '"' || c == '\'') {
            return passLiteral(at, at + 1, String.valueOf(c), Context.STRING);
        }
        passSymbol(at, c);
        return at + 1;
    }

    private int passWord(int at) {
        int end = at + 1;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        String word = code.substring(at, end);
        if (unitStart < 0) {
            unitStart = continuesLast(word) ? units.remove(units.size() - 1).start() : at;
        }
        expression |= closers.isEmpty() && OF_EXPRESSIONS.contains(word);
        return end;
    }

    private boolean continuesLast(String word) {
        if (units.isEmpty() || previous != '}') {
            return false;
        }
        return CONTINUING.contains(word) || word.equals("while") && DO.matcher(code).region(last().start(), last().end()).lookingAt();
    }

    private void passSymbol(int at, char c) {
        switch (c) {
            case '(' -> closers.push(")");
            case '[' -> closers.push("]");
            case '{' -> closers.push(previous == '=' || previous == ']' || "}".equals(closers.peek()) ? "}" : ";}");
            case ')', ']', '}' -> {
                closers.poll();
                if (c == '}' && closers.isEmpty() && !expression) {
                    endUnit(at + 1);
                }
            }
            case ';' -> {
                if (closers.isEmpty()) {
                    endUnit(at + 1);
                }
            }
            case '=' -> expression |= closers.isEmpty();
            case '>' -> expression |= closers.isEmpty() && previous == '-';
            default -> {
            }
        }
    }

    private void endUnit(int end) {
        units.add(new Unit(unitStart, end));
        unitStart = -1;
        expression = false;
    }

    /** Passes what ends with {@code close}; a string of one line ends with the line, too. */
    private int passLiteral(int start, int from, String close, Context kind) {
        int at = from;
        while (at < code.length()) {
            if (code.startsWith(close, at)) {
                return at + close.length();
            }
            if (kind == Context.STRING && close.length() == 1 && code.charAt(at) == '\n') {
                return at;
            }
            at += kind == Context.STRING && code.charAt(at) == '\\' ? 2 : 1;
        }
        context = kind;
        literalStart = from;
        return code.length();
    }
}
