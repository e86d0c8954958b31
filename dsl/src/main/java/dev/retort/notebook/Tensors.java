package dev.retort.notebook;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.retort.device.Devices;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Tensors as text: type, shape, device, and the first values of the first rows of the first matrices. */
final class Tensors {
    private static final long MOST_MATRICES = 2;
    private static final long MOST_ROWS = 8;
    private static final long MOST_COLUMNS = 10;

    private Tensors() {
    }

    static String text(NDArray array) {
        if (array.isReleased()) {
            return "a closed NDArray";
        }
        Shape shape = array.getShape();
        boolean shown = shape.size() > 0 && (array.getDataType().isInteger() || array.getDataType().isFloating()
                || array.getDataType() == DataType.BOOLEAN);
        return heading(array) + (shown ? "\n" + values(array, "") : "");
    }

    static String text(NDList arrays) {
        return arrays.isEmpty() ? "an empty NDList" : IntStream.range(0, arrays.size())
                .mapToObj(i -> i + ": " + (arrays.get(i).isReleased() ? "closed" : heading(arrays.get(i))))
                .collect(Collectors.joining("\n"));
    }

    private static String heading(NDArray array) {
        return array.getDataType().name().toLowerCase(Locale.ROOT) + " " + array.getShape() + " on " + Devices.name(array.getDevice());
    }

    private static String values(NDArray array, String path) {
        Shape shape = array.getShape();
        if (shape.dimension() <= 2) {
            return matrix(array, shape);
        }
        String slices = LongStream.range(0, Math.min(MOST_MATRICES, shape.get(0))).mapToObj(i -> {
            String at = path + i + ", ";
            try (NDArray slice = array.get(i)) {
                String title = shape.dimension() == 3 ? "[" + at + ":, :]\n" : "";
                return title + values(slice, at);
            }
        }).collect(Collectors.joining("\n"));
        return slices + more(shape.get(0), MOST_MATRICES, "\n", "");
    }

    private static String matrix(NDArray array, Shape shape) {
        long columns = shape.dimension() == 0 ? 1 : shape.get(shape.dimension() - 1);
        long rows = shape.size() / columns;
        int shownColumns = (int) Math.min(MOST_COLUMNS, columns);
        int shownRows = (int) Math.min(MOST_ROWS, rows);
        List<String> cells;
        try (NDArray all = array.reshape(rows, columns);
                NDArray corner = all.get(new NDIndex(":" + shownRows + ", :" + shownColumns))) {
            cells = cells(corner);
        }
        int width = cells.stream().mapToInt(String::length).max().orElse(0);
        String lines = IntStream.range(0, shownRows).mapToObj(row -> IntStream.range(0, shownColumns)
                .mapToObj(column -> pad(cells.get(row * shownColumns + column), width))
                .collect(Collectors.joining("  ")) + more(columns, MOST_COLUMNS, "  ", ""))
                .collect(Collectors.joining("\n"));
        return lines + more(rows, MOST_ROWS, "\n", " rows");
    }

    private static String pad(String cell, int width) {
        return " ".repeat(width - cell.length()) + cell;
    }

    private static String more(long all, long most, String before, String what) {
        return all <= most ? "" : String.format(Locale.ROOT, "%s… %,d more%s", before, all - most, what);
    }

    private static List<String> cells(NDArray corner) {
        if (corner.getDataType() == DataType.BOOLEAN) {
            boolean[] values = corner.toBooleanArray();
            return IntStream.range(0, values.length).mapToObj(i -> String.valueOf(values[i])).toList();
        }
        if (corner.getDataType().isInteger()) {
            try (NDArray whole = corner.toType(DataType.INT64, true)) {
                return Arrays.stream(whole.toLongArray()).mapToObj(Long::toString).toList();
            }
        }
        try (NDArray real = corner.toType(DataType.FLOAT64, true)) {
            return reals(real.toDoubleArray());
        }
    }

    /** With as many decimals as make about five digits of the largest; in powers of ten where that would hide the small ones. */
    private static List<String> reals(double[] values) {
        double largest = DoubleStream.of(values).filter(Double::isFinite).map(Math::abs).max().orElse(0);
        boolean powers = largest >= 1e6 || largest > 0 && largest < 1e-3;
        int decimals = largest >= 1000 ? 1 : largest >= 100 ? 2 : largest >= 10 ? 3 : 4;
        boolean whole = DoubleStream.of(values).allMatch(value -> value == Math.rint(value) || !Double.isFinite(value));
        String format = powers ? "%.3e" : "%." + (whole ? 0 : decimals) + "f";
        return DoubleStream.of(values).mapToObj(value -> String.format(Locale.ROOT, format, value)).toList();
    }
}
