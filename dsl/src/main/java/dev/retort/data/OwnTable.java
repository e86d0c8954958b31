package dev.retort.data;

import ai.djl.ndarray.types.Shape;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A user's table on its way to a data set: everything in it is checked before anything is trained on it. */
final class OwnTable {

    private static final int MAX_CATEGORIES = 50;

    /** The columns that {@link Split#table()} puts before the features. */
    private static final Set<String> RESERVED = Set.of("row id", "label");

    /** One feature of every row. */
    private record Input(String name, IntToDoubleFunction values) {}

    private final Table table;
    private final String name;
    private final Column<?> label;

    OwnTable(Table table, String label) {
        this.table = table;
        this.name = table.name() == null ? "table" : table.name();
        this.label = column(label);
    }

    DataSet dataSet() {
        if (table.isEmpty()) {
            throw wrong("'%s' has no rows", name);
        }
        List<String> classes = classes();
        int[] labels = labels(classes);
        requireEnoughOfEach(classes, labels);
        List<Input> inputs = inputs();
        Content content = new Content(name, card(inputs, classes), new Shape(inputs.size()),
                inputs.stream().map(Input::name).toList(), classes, labels, values(inputs), List.of());
        return new DataSet(content, Partition.seeded(labels));
    }

    private Column<?> column(String wanted) {
        return table.columns().stream()
                .filter(column -> column.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> wrong("no column '%s' in '%s'; there are %s", wanted, name, String.join(", ", table.columnNames())));
    }

    private List<String> classes() {
        requireNone(label, row -> isMissing(label, row), "no label");
        List<String> classes = categories(label);
        if (classes.size() < 2) {
            throw wrong("the label column '%s' has one class, '%s'; a classifier needs at least 2", label.name(), classes.get(0));
        }
        return classes;
    }

    private int[] labels(List<String> classes) {
        Map<String, Integer> index = new HashMap<>();
        classes.forEach(name -> index.put(name, index.size()));
        return IntStream.range(0, table.rowCount()).map(row -> index.get(text(label, row))).toArray();
    }

    private void requireEnoughOfEach(List<String> classes, int[] labels) {
        int[] rows = new int[classes.size()];
        IntStream.of(labels).forEach(label -> rows[label]++);
        for (int label = 0; label < rows.length; label++) {
            if (rows[label] < Partition.ROWS_PER_CLASS) {
                throw wrong("too few rows of class '%s' in column '%s': %d, but at least %d are needed to be in train, "
                        + "validation and test; add rows, or leave the class out",
                        classes.get(label), this.label.name(), rows[label], Partition.ROWS_PER_CLASS);
            }
        }
    }

    private List<Input> inputs() {
        List<Input> inputs = table.columns().stream().filter(column -> column != label).flatMap(this::inputs).toList();
        if (inputs.isEmpty()) {
            throw wrong("'%s' has no column beside the label '%s'", name, label.name());
        }
        requireDistinctNames(inputs);
        return inputs;
    }

    /** Tablesaw does not tell upper from lower case in the names of columns. */
    private void requireDistinctNames(List<Input> inputs) {
        Set<String> names = new HashSet<>(RESERVED);
        for (Input input : inputs) {
            if (!names.add(input.name().toLowerCase(Locale.ROOT))) {
                throw wrong("the feature name '%s' of '%s' is taken (upper and lower case are one); rename its column or value",
                        input.name(), name);
            }
        }
    }

    private Stream<Input> inputs(Column<?> column) {
        if (column instanceof NumericColumn<?> numbers) {
            requireNone(column, row -> !Float.isFinite((float) numbers.getDouble(row)), "a missing or infinite value");
            return Stream.of(new Input(column.name(), numbers::getDouble));
        }
        requireNone(column, row -> isMissing(column, row), "a missing value");
        if (column instanceof BooleanColumn flags) {
            return Stream.of(new Input(column.name(), flags::getDouble));
        }
        if (column instanceof StringColumn strings) {
            return oneHot(strings);
        }
        throw wrong("column '%s' of '%s' holds %s values, which are no features; "
                + "remove it with table.removeColumns(\"%s\"), or turn it into numbers",
                column.name(), name, column.type().name(), column.name());
    }

    private Stream<Input> oneHot(StringColumn column) {
        List<String> categories = categories(column);
        if (categories.size() > MAX_CATEGORIES) {
            throw wrong("column '%s' of '%s' has %,d different strings, and at most %d become features; "
                    + "remove it with table.removeColumns(\"%s\"), or group its values",
                    column.name(), name, categories.size(), MAX_CATEGORIES, column.name());
        }
        return categories.stream().map(category ->
                new Input(column.name() + "=" + category, row -> column.get(row).equals(category) ? 1 : 0));
    }

    private void requireNone(Column<?> column, IntPredicate bad, String what) {
        int[] rows = IntStream.range(0, table.rowCount()).filter(bad).toArray();
        if (rows.length > 0) {
            throw wrong("column '%s' of '%s' has %s in %,d of %,d rows, the first is row %d (counted from 0); fill them in, "
                    + "or drop those rows (table.dropRowsWithMissingValues() drops all with a missing value)",
                    column.name(), name, what, rows.length, table.rowCount(), rows[0]);
        }
    }

    private Features.Floats values(List<Input> inputs) {
        int width = inputs.size();
        float[] values = new float[Math.multiplyExact(table.rowCount(), width)];
        for (int row = 0; row < table.rowCount(); row++) {
            for (int column = 0; column < width; column++) {
                values[row * width + column] = (float) inputs.get(column).values().applyAsDouble(row);
            }
        }
        return new Features.Floats(values, width);
    }

    private String card(List<Input> inputs, List<String> classes) {
        return """
                %s
                Rows:     %,d, %d classes
                Label:    %s: %s
                Features: %s
                """.formatted(name, table.rowCount(), classes.size(), label.name(), String.join(", ", classes),
                inputs.stream().map(Input::name).collect(Collectors.joining(", ")));
    }

    /** The different values of a column: numbers by value, all else alphabetically. */
    private static List<String> categories(Column<?> column) {
        Comparator<String> order = column instanceof NumericColumn<?>
                ? Comparator.comparingDouble(Double::parseDouble)
                : Comparator.naturalOrder();
        return IntStream.range(0, column.size()).mapToObj(row -> text(column, row)).distinct().sorted(order).toList();
    }

    /** A string that was set to missing later is empty, but Tablesaw does not call it missing. */
    private static boolean isMissing(Column<?> column, int row) {
        return column.isMissing(row) || text(column, row).isEmpty();
    }

    private static String text(Column<?> column, int row) {
        return column.getUnformattedString(row);
    }

    private static IllegalArgumentException wrong(String message, Object... values) {
        return new IllegalArgumentException(message.formatted(values));
    }
}
