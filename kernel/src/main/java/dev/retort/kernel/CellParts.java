package dev.retort.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a cell into Java and magics. A line magic is a line that starts with {@code %name} where a statement could start:
 * not in a string, a comment or a block, nor where {@code %} is the remainder operator of an expression begun above. A cell
 * magic is a first line that starts with {@code %%name}; the rest of the cell is its body.
 */
final class CellParts {
    /** A stretch of a cell. */
    sealed interface Part permits Java, LineMagic, CellMagic {
    }

    /** Java from {@code start} to {@code end}. */
    record Java(int start, int end) implements Part {
    }

    /** {@code %name arguments}. */
    record LineMagic(String name, List<String> arguments, int line) implements Part {
    }

    /** {@code %%name arguments} and the lines below. */
    record CellMagic(String name, List<String> arguments, String body) implements Part {
    }

    private static final Pattern CELL_MAGIC = Pattern.compile("\\A\\s*%%(\\w+)([^\\n]*)(?:\\n|\\z)");
    private static final Pattern LINE_MAGIC = Pattern.compile("[ \\t]*%(\\w+)([^\\n]*)");
    private static final Pattern ARGUMENT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    private final String code;
    private final List<Part> parts = new ArrayList<>();
    private int depth;
    private int line = 1;
    private char lastSignificant = ';';

    private CellParts(String code) {
        this.code = code;
    }

    /** The parts in their order; blank stretches are left out. */
    static List<Part> of(String code) {
        Matcher cellMagic = CELL_MAGIC.matcher(code);
        if (cellMagic.find()) {
            return List.of(new CellMagic(cellMagic.group(1), arguments(cellMagic.group(2)), code.substring(cellMagic.end())));
        }
        return code.indexOf('%') < 0 ? List.of(new Java(0, code.length())) : new CellParts(code).split();
    }

    /** Words, where double quotes keep blanks. */
    static List<String> arguments(String text) {
        List<String> arguments = new ArrayList<>();
        Matcher matcher = ARGUMENT.matcher(text);
        while (matcher.find()) {
            String quoted = matcher.group(1);
            arguments.add(quoted == null ? matcher.group(2) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        return arguments;
    }

    private List<Part> split() {
        Matcher magic = LINE_MAGIC.matcher(code);
        int javaStart = 0;
        int at = 0;
        while (at < code.length()) {
            boolean statementMayStart = depth == 0 && (lastSignificant == ';' || lastSignificant == '}');
            if (statementMayStart && atLineStart(at) && magic.region(at, code.length()).lookingAt()) {
                addJava(javaStart, at);
                parts.add(new LineMagic(magic.group(1), arguments(magic.group(2)), line));
                at = magic.end();
                javaStart = at;
            } else {
                at = skipToken(at);
            }
        }
        addJava(javaStart, code.length());
        return parts;
    }

    private boolean atLineStart(int at) {
        return at == 0 || code.charAt(at - 1) == '\n';
    }

    private void addJava(int start, int end) {
        if (!code.substring(start, end).isBlank()) {
            parts.add(new Java(start, end));
        }
    }

    /** Passes one character, comment, string or text block. */
    private int skipToken(int at) {
        if (code.startsWith("//", at)) {
            int end = code.indexOf('\n', at);
            return end < 0 ? code.length() : end;
        }
        if (code.startsWith("/*", at)) {
            return skipTo("*/", at, at + 2);
        }
        if (code.startsWith("\"\"\"", at)) {
            lastSignificant = '"';
            return skipTo("\"\"\"", at, at + 3);
        }
        char c = code.charAt(at);
        if (c == '"' || c == '\'') {
            lastSignificant = c;
            return skipQuoted(c, at + 1);
        }
        passCharacter(c);
        return at + 1;
    }

    private void passCharacter(char c) {
        if (c == '\n') {
            line++;
        } else if (!Character.isWhitespace(c)) {
            lastSignificant = c;
            if ("({[".indexOf(c) >= 0) {
                depth++;
            } else if (")}]".indexOf(c) >= 0) {
                depth--;
            }
        }
    }

    private int skipTo(String close, int start, int from) {
        int found = code.indexOf(close, from);
        while (found > 0 && close.startsWith("\"") && code.charAt(found - 1) == '\\') {
            found = code.indexOf(close, found + 1);
        }
        int end = found < 0 ? code.length() : found + close.length();
        line += (int) code.substring(start, end).chars().filter(c -> c == '\n').count();
        return end;
    }

    private int skipQuoted(char quote, int from) {
        int at = from;
        while (at < code.length() && code.charAt(at) != quote && code.charAt(at) != '\n') {
            at += code.charAt(at) == '\\' ? 2 : 1;
        }
        return at < code.length() && code.charAt(at) == quote ? at + 1 : Math.min(at, code.length());
    }
}
