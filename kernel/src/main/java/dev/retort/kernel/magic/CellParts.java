package dev.retort.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a cell into Java and magics. A line magic is a line that starts with {@code %name} where a statement could start:
 * not in a string, a comment or a block, nor where {@code %} is the remainder operator of an expression begun above. A cell
 * magic is a first line that starts with {@code %%name}; the rest of the cell is its body.
 */
public final class CellParts {
    /** A stretch of a cell. */
    public sealed interface Part permits Java, Magic {
    }

    /** Java from {@code start} to {@code end}. */
    public record Java(int start, int end) implements Part {
    }

    /**
     * A magic and what it applies to.
     *
     * @param name with its percent signs
     * @param text what follows the name on its line
     * @param line where it stands, from 1
     * @param start where what it applies to starts: the text of a line magic, the lines below a cell magic
     * @param end   where that ends
     */
    public record Magic(String name, String text, int line, int start, int end) implements Part {
        public boolean ofCell() {
            return name.startsWith("%%");
        }
    }

    private static final Pattern CELL_MAGIC = Pattern.compile("\\A\\s*(%%\\w+)([^\\n]*)(?:\\n|\\z)");
    private static final Pattern LINE_MAGIC = Pattern.compile("[ \\t]*(%\\w+)([^\\n]*)");

    private final String code;
    private final List<Part> parts = new ArrayList<>();
    private int depth;
    private int line = 1;
    private char lastSignificant = ';';

    private CellParts(String code) {
        this.code = code;
    }

    /** The parts in their order; blank stretches are left out. */
    public static List<Part> of(String code) {
        if (code.indexOf('%') < 0) {
            return List.of(new Java(0, code.length()));
        }
        Matcher cellMagic = CELL_MAGIC.matcher(code);
        if (cellMagic.find()) {
            int line = 1 + lines(code.substring(0, cellMagic.start(1)));
            return List.of(new Magic(cellMagic.group(1), cellMagic.group(2).strip(), line, cellMagic.end(), code.length()));
        }
        return new CellParts(code).split();
    }

    private List<Part> split() {
        Matcher magic = LINE_MAGIC.matcher(code);
        int javaStart = 0;
        int at = 0;
        while (at < code.length()) {
            boolean statementMayStart = depth == 0 && (lastSignificant == ';' || lastSignificant == '}');
            if (statementMayStart && atLineStart(at) && magic.region(at, code.length()).lookingAt()) {
                addJava(javaStart, at);
                parts.add(new Magic(magic.group(1), magic.group(2).strip(), line, magic.start(2), magic.end()));
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
        line += lines(code.substring(start, end));
        return end;
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    private int skipQuoted(char quote, int from) {
        int at = from;
        while (at < code.length() && code.charAt(at) != quote && code.charAt(at) != '\n') {
            at += code.charAt(at) == '\\' ? 2 : 1;
        }
        return at < code.length() && code.charAt(at) == quote ? at + 1 : Math.min(at, code.length());
    }
}
