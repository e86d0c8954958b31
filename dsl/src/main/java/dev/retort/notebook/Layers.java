package dev.retort.notebook;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.stream.Collectors;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The layers of a network as a table: where each stands, what it is, and its own parameters. */
final class Layers {
    private final StringColumn layer = StringColumn.create("layer");
    private final StringColumn kind = StringColumn.create("kind");
    private final StringColumn shapes = StringColumn.create("shapes");
    private final LongColumn parameters = LongColumn.create("parameters");

    private Layers() {
    }

    static Table of(Block block) {
        Layers layers = new Layers();
        layers.add("", block);
        return Table.create("", layers.layer, layers.kind, layers.shapes, layers.parameters);
    }

    private void add(String path, Block block) {
        layer.append(path);
        kind.append(block.getClass().getSimpleName());
        shapes.append(block.getDirectParameters().stream().map(each -> each.getKey() + shape(each.getValue()))
                .collect(Collectors.joining(", ")));
        if (block.isInitialized()) {
            parameters.append(block.getDirectParameters().values().stream().mapToLong(each -> each.getShape().size()).sum());
        } else {
            parameters.appendMissing();
        }
        for (Pair<String, Block> child : block.getChildren()) {
            add(path.isEmpty() ? child.getKey() : path + "." + child.getKey(), child.getValue());
        }
    }

    private static String shape(Parameter parameter) {
        return parameter.isInitialized() ? " " + parameter.getShape() : "";
    }
}
