package dev.retort.kernel.session;

import java.util.List;

/**
 * The text of one cell.
 *
 * @param name what reports call it: {@code cell 12}, or the name of a loaded file
 * @param code its text, magics included
 */
public record Cell(String name, String code) {

    /** The cell that a user sees as {@code In [number]}. */
    public static Cell numbered(int number, String code) {
        return new Cell("cell " + number, code);
    }

    /** The line, from 1, that the character at {@code offset} stands on. */
    int lineAt(int offset) {
        return 1 + (int) code.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    /** The position of a line's first character. */
    int startOf(int line) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = code.indexOf('\n', start) + 1;
        }
        return start;
    }

    List<String> lines() {
        return code.lines().toList();
    }
}
