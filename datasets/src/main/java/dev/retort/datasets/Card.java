package dev.retort.datasets;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a data set is, and where it is from.
 *
 * @param name its name in this library, such as {@code fashion-mnist}
 * @param title its usual name
 * @param description what a row is, and what was done to it
 * @param source who made it, when, and where it is kept
 * @param licence the licence under which it may be passed on
 * @param rows how many rows there are
 * @param officialTrain how many of the rows, from the first, the source sets apart for training; empty if it has no split
 * @param shape the shape of a row of numbers; empty where the rows are text
 * @param classes the names of the classes, in the order of their indices
 * @param sha256 the SHA-256 of each file, in hexadecimal, by file name
 */
public record Card(String name, String title, String description, String source, String licence, int rows,
                   OptionalInt officialTrain, List<Integer> shape, List<String> classes, Map<String, String> sha256) {

    private static final String CHECKSUM = "sha256.";

    static Card of(String name, Properties entries) {
        String train = entries.getProperty("train");
        return new Card(name, entries.getProperty("title"), entries.getProperty("description"),
                entries.getProperty("source"), entries.getProperty("licence"),
                Integer.parseInt(entries.getProperty("rows")),
                train == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(train)),
                list(entries, "shape").map(Integer::valueOf).toList(),
                list(entries, "classes").toList(), checksums(entries));
    }

    private static Stream<String> list(Properties entries, String key) {
        String value = entries.getProperty(key);
        return value == null ? Stream.empty() : Stream.of(value.split(", *"));
    }

    private static Map<String, String> checksums(Properties entries) {
        Map<String, String> checksums = new TreeMap<>();
        for (String key : entries.stringPropertyNames()) {
            if (key.startsWith(CHECKSUM)) {
                checksums.put(key.substring(CHECKSUM.length()), entries.getProperty(key));
            }
        }
        return Map.copyOf(checksums);
    }

    /** The card as a person reads it, a few lines of plain text. */
    @Override
    public String toString() {
        String split = officialTrain.isPresent()
                ? "%,d train, %,d test (official)".formatted(officialTrain.getAsInt(), rows - officialTrain.getAsInt())
                : "none official";
        return """
                %s (%s)
                %s
                Rows:    %,d %s, %d classes
                Split:   %s
                Source:  %s
                Licence: %s
                """.formatted(title, name, description, rows, shape.isEmpty() ? "texts" : "of " + shape,
                classes.size(), split, source, licence);
    }
}
