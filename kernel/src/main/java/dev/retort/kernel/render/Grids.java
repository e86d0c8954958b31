package dev.retort.kernel.render;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Values that read best as a table: records, maps, several of them, and rows of rows. */
final class Grids {
    private static final int MOST_ROWS = 20;
    private static final int MOST_COLUMNS = 20;

    private Grids() {
    }

    /** The table of a value, or null if it is better off as text. */
    static Grid of(Object value) {
        if (value instanceof Record one) {
            return ofEntries("component", components(one.getClass()).stream()
                    .map(component -> Arrays.asList(component.getName(), get(component, one))).toList(), "");
        }
        if (value instanceof Map<?, ?> map) {
            Elements entries = Elements.of(map.entrySet(), MOST_ROWS);
            return map.isEmpty() ? null : ofEntries("key", entries.first().stream().map(Map.Entry.class::cast)
                    .map(entry -> Arrays.asList(entry.getKey(), entry.getValue())).toList(), note(entries, "entries"));
        }
        Elements rows = Elements.of(value, MOST_ROWS);
        return rows == null || rows.first().isEmpty() ? null : ofRows(rows);
    }

    private static Grid ofEntries(String name, List<List<Object>> entries, String note) {
        return new Grid(List.of(name, "value"), entries, note);
    }

    private static Grid ofRows(Elements rows) {
        Object first = rows.first().get(0);
        if (first instanceof Record && rows.first().stream().allMatch(row -> row != null && row.getClass() == first.getClass())) {
            List<RecordComponent> components = components(first.getClass());
            return table(components.stream().map(RecordComponent::getName).toList(), rows,
                    row -> components.stream().map(component -> get(component, row)));
        }
        if (rows.first().stream().allMatch(Map.class::isInstance)) {
            Set<Object> keys = new LinkedHashSet<>();
            rows.first().forEach(row -> Elements.of(((Map<?, ?>) row).keySet(), MOST_COLUMNS).first().forEach(keys::add));
            List<Object> shown = keys.stream().limit(MOST_COLUMNS).toList();
            return table(shown.stream().map(key -> ValueText.brief(key, 40)).toList(), rows,
                    row -> shown.stream().map(((Map<?, ?>) row)::get));
        }
        return rows.first().stream().allMatch(Grids::isRow) ? ofNumbers(rows) : null;
    }

    private static boolean isRow(Object value) {
        return value != null && (value.getClass().isArray() || value instanceof List);
    }

    private static Grid table(List<String> header, Elements rows, Row<Object> cells) {
        return new Grid(header, rows.first().stream().map(row -> cells.of(row).toList()).toList(), note(rows, "rows"));
    }

    private interface Row<T> {
        Stream<T> of(Object row);
    }

    private static Grid ofNumbers(Elements rows) {
        List<Elements> shown = rows.first().stream().map(row -> Elements.of(row, MOST_COLUMNS)).toList();
        int width = shown.stream().mapToInt(row -> row.first().size()).max().orElse(0);
        long widest = shown.stream().mapToLong(Elements::total).max().orElse(0);
        if (width == 0) {
            return null;
        }
        List<List<Object>> cells = new ArrayList<>();
        for (Elements row : shown) {
            List<Object> padded = new ArrayList<>(row.first());
            padded.addAll(Collections.nCopies(width - padded.size(), null));
            cells.add(padded);
        }
        String size = rows.count() + " × " + "%,d".formatted(widest);
        return new Grid(List.of(), cells, rows.isWhole() && width == widest ? size
                : size + ", the first " + shown.size() + " × " + width + " shown");
    }

    private static String note(Elements rows, String what) {
        return rows.isWhole() ? "" : rows.rest() + " " + what;
    }

    private static List<RecordComponent> components(Class<?> type) {
        return Arrays.asList(type.getRecordComponents());
    }

    private static Object get(RecordComponent component, Object of) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
