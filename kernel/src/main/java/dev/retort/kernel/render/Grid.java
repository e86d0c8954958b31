package dev.retort.kernel.render;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of values, as HTML and as text; columns of numbers go to the right.
 *
 * @param header the columns' names; empty for none
 * @param rows   as many cells each as there are columns; null shows as an empty cell
 * @param note   what stands below, such as the size; may be empty
 */
public record Grid(List<String> header, List<List<Object>> rows, String note) {
    private static final int CELL_CHARACTERS = 200;
    private static final int TEXT_CHARACTERS = 120;

    /** The table as HTML, escaped. It has no colours of its own, so that it fits every theme. */
    public String html() {
        StringBuilder html = new StringBuilder("<table>");
        if (!header.isEmpty()) {
            html.append("<thead><tr>");
            header.forEach(name -> html.append(cell("th", isNumeric(header.indexOf(name)), name)));
            html.append("</tr></thead>");
        }
        html.append("<tbody>");
        for (List<Object> row : rows) {
            html.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                html.append(cell("td", isNumeric(column), text(row.get(column), CELL_CHARACTERS)));
            }
            html.append("</tr>");
        }
        html.append("</tbody></table>");
        return note.isEmpty() ? html.toString() : html.append("<p><small>").append(escape(note)).append("</small></p>").toString();
    }

    /** The table as lines of text. */
    public String text() {
        List<List<String>> lines = rows.stream()
                .map(row -> row.stream().map(value -> text(value, TEXT_CHARACTERS)).toList()).toList();
        int[] widths = IntStream.range(0, width()).map(column -> widest(lines, column)).toArray();
        StringBuilder text = new StringBuilder();
        if (!header.isEmpty()) {
            text.append(line(header, widths));
            text.append(line(IntStream.of(widths).mapToObj("─"::repeat).toList(), widths));
        }
        lines.forEach(line -> text.append(line(line, widths)));
        return text.append(note).toString().stripTrailing();
    }

    private int width() {
        return header.isEmpty() && !rows.isEmpty() ? rows.get(0).size() : header.size();
    }

    private int widest(List<List<String>> lines, int column) {
        int name = header.isEmpty() ? 0 : length(header.get(column));
        return Math.max(name, lines.stream().mapToInt(line -> length(line.get(column))).max().orElse(0));
    }

    private String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size()).mapToObj(column -> {
            String space = " ".repeat(widths[column] - length(cells.get(column)));
            return isNumeric(column) ? space + cells.get(column) : cells.get(column) + space;
        }).collect(Collectors.joining("  ")).stripTrailing() + "\n";
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty() && rows.stream().map(row -> row.get(column)).allMatch(value -> value == null || value instanceof Number);
    }

    private static String text(Object value, int characters) {
        return value == null ? "" : ValueText.brief(value, characters);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String cell(String tag, boolean numeric, String content) {
        return "<" + tag + " style=\"text-align:" + (numeric ? "right" : "left") + "\">" + escape(content) + "</" + tag + ">";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
