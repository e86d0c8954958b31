package dev.retort.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Reads a user's CSV file, or says why it cannot. */
final class CsvFile {

    private static final int NAMES_SHOWN = 10;

    private CsvFile() {}

    static Table read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("no file '%s'; %s".formatted(path, neighbours(path)));
        }
        try {
            // Unless told otherwise Tablesaw guesses the columns' types from a sample, and fails on what it did not see.
            var options = CsvReadOptions.builder(path.toFile()).sample(false).tableName(nameOf(path));
            Table table = Table.read().usingOptions(options);
            if (table.isEmpty()) {
                throw new IllegalArgumentException("there are no rows");
            }
            return table;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cannot read '%s' as CSV, a line of headers and then rows with as many cells: %s"
                    .formatted(path, e.getMessage()), e);
        }
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString().replaceFirst("\\.[^.]+$", "");
    }

    private static String neighbours(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            return "there is no folder '%s' either".formatted(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".csv")).sorted().toList();
            String shown = String.join(", ", names.subList(0, Math.min(names.size(), NAMES_SHOWN)));
            return names.isEmpty()
                    ? "'%s' has no CSV files".formatted(folder)
                    : "'%s' has %d CSV files: %s%s".formatted(
                            folder, names.size(), shown, names.size() > NAMES_SHOWN ? ", …" : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
