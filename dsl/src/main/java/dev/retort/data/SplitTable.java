package dev.retort.data;

import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Shows a split's rows as a table. */
final class SplitTable {

    private SplitTable() {}

    static Table of(Split split, Content content) {
        Table table = Table.create(split.name(),
                IntColumn.create("row id", split.ids()),
                StringColumn.create("label", IntStream.range(0, split.size()).mapToObj(split::labelName)));
        if (!content.texts().isEmpty()) {
            table.addColumns(StringColumn.create("text", IntStream.of(split.ids()).mapToObj(content.texts()::get)));
        }
        List<String> names = content.texts().isEmpty() ? content.columns() : List.of();
        FloatColumn[] columns = names.stream()
                .map(column -> FloatColumn.create(column, split.size()))
                .toArray(FloatColumn[]::new);
        float[] row = new float[split.width()];
        for (int i = 0; columns.length > 0 && i < split.size(); i++) {
            split.features(i, row, 0);
            for (int column = 0; column < columns.length; column++) {
                columns[column].set(i, row[column]);
            }
        }
        return table.addColumns(columns);
    }
}
