package dev.retort.kernel.magic;

import dev.retort.kernel.session.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A magic as it was written.
 *
 * @param text what follows the name on its line
 * @param body the lines below a cell magic; empty for a line magic
 * @param code the body, or the text of a line magic, as code that stands where it stands in its cell
 */
record Call(String text, String body, Cell code) {
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    static Call of(Cell cell, CellParts.Magic magic) {
        String body = magic.ofCell() ? cell.code().substring(magic.start(), magic.end()) : "";
        // Blanks instead of what stands before keep lines and columns right in reports.
        String before = cell.code().substring(0, magic.start()).replaceAll("[^\\n]", " ");
        return new Call(magic.text(), body, new Cell(cell.name(), before + cell.code().substring(magic.start(), magic.end())));
    }

    /** The words of the text, where double quotes keep blanks. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String quoted = matcher.group(1);
            words.add(quoted == null ? matcher.group(2) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        return words;
    }

    /**
     * The only word.
     *
     * @param usage what to write, if there is none or more than one
     */
    String word(String usage) {
        List<String> words = words();
        if (words.size() != 1) {
            throw new IllegalArgumentException("write " + usage);
        }
        return words.get(0);
    }
}
