package dev.retort.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A table as people read it: its first and last rows, numbers to the right with equal decimals, and its size. */
final class Grid {
    private static final int SHOWN_AT_EACH_END = 10;
    private static final String GAP = "⋮";

    private final String title;
    private final List<GridColumn> columns;
    private final String size;

    private record GridColumn(String name, boolean numeric, List<String> cells) {
        int width() {
            return Math.max(length(name), cells.stream().mapToInt(GridColumn::length).max().orElse(0));
        }

        String pad(String cell) {
            String space = " ".repeat(width() - length(cell));
            return numeric ? space + cell : cell + space;
        }

        private static int length(String text) {
            return text.codePointCount(0, text.length());
        }
    }

    private Grid(String title, List<GridColumn> columns, String size) {
        this.title = title;
        this.columns = columns;
        this.size = size;
    }

    static Grid of(Table table) {
        int rows = table.rowCount();
        boolean all = rows <= 2 * SHOWN_AT_EACH_END;
        int[] shown = all ? IntStream.range(0, rows).toArray()
                : IntStream.concat(IntStream.range(0, SHOWN_AT_EACH_END), IntStream.range(rows - SHOWN_AT_EACH_END, rows)).toArray();
        List<GridColumn> columns = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            List<String> cells = cells(column, shown);
            if (!all) {
                cells.add(SHOWN_AT_EACH_END, GAP);
            }
            columns.add(new GridColumn(column.name(), column instanceof NumericColumn<?>, cells));
        }
        String size = String.format(Locale.ROOT, "%,d rows × %d columns", rows, table.columnCount());
        return new Grid(table.name() == null ? "" : table.name(), columns, size);
    }

    private static List<String> cells(Column<?> column, int[] rows) {
        int decimals = column instanceof NumericColumn<?> numbers ? decimals(numbers, rows) : 0;
        return IntStream.of(rows).mapToObj(row -> cell(column, row, decimals)).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String cell(Column<?> column, int row, int decimals) {
        if (column.isMissing(row)) {
            return "";
        }
        boolean real = column instanceof DoubleColumn || column instanceof FloatColumn;
        return real ? number(((NumericColumn<?>) column).getDouble(row), decimals) : String.valueOf(column.get(row));
    }

    private static String number(double value, int decimals) {
        boolean lost = value != 0 && Math.abs(value) < Math.pow(10, -decimals) && decimals > 0;
        return String.format(Locale.ROOT, lost || Math.abs(value) >= 1e15 ? "%.2e" : "%." + decimals + "f", value);
    }

    /** Four digits or so of the largest number; none when all are whole. */
    private static int decimals(NumericColumn<?> column, int[] rows) {
        double[] values = IntStream.of(rows).mapToDouble(column::getDouble).filter(Double::isFinite).toArray();
        double largest = 0;
        boolean whole = true;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
            whole &= value == Math.rint(value);
        }
        return whole || largest >= 10_000 ? 0 : largest >= 100 ? 1 : largest >= 10 ? 2 : largest >= 1 ? 3 : 4;
    }

    String html() {
        StringBuilder html = new StringBuilder("<table>");
        if (!title.isEmpty()) {
            html.append("<caption>").append(Html.escape(title)).append("</caption>");
        }
        html.append("<thead><tr>");
        columns.forEach(column -> html.append(cell("th", column, column.name())));
        html.append("</tr></thead><tbody>");
        for (int row = 0; row < height(); row++) {
            html.append("<tr>");
            for (GridColumn column : columns) {
                html.append(cell("td", column, column.cells().get(row)));
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table><p><small>").append(size).append("</small></p>").toString();
    }

    private static String cell(String tag, GridColumn column, String content) {
        String align = column.numeric() ? "right" : "left";
        return "<" + tag + " style=\"text-align:" + align + "\">" + Html.escape(content) + "</" + tag + ">";
    }

    String text() {
        StringBuilder text = new StringBuilder(title.isEmpty() ? "" : title + "\n");
        text.append(line(columns.stream().map(column -> column.pad(column.name())))).append('\n');
        text.append(line(columns.stream().map(column -> "─".repeat(column.width())))).append('\n');
        for (int row = 0; row < height(); row++) {
            int r = row;
            text.append(line(columns.stream().map(column -> column.pad(column.cells().get(r))))).append('\n');
        }
        return text.append(size).toString();
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining("  ")).stripTrailing();
    }

    private int height() {
        return columns.isEmpty() ? 0 : columns.get(0).cells().size();
    }
}
