package dev.retort.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A cell of a notebook: a view of its JSON, whose unknown fields stay as they are. */
public final class Cell {
    private static final String SKIP = "skip-execution";

    private final ObjectNode json;

    Cell(ObjectNode json) {
        this.json = json;
    }

    /** The text of the cell. */
    public String source() {
        return NotebookJson.text(json.path("source"));
    }

    /** The line that a reader recognises the cell by: its first one that is not blank. */
    public String title() {
        return source().lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
    }

    /** Whether running the notebook runs the cell: code that is not blank and not tagged {@code skip-execution}. */
    boolean isRunnable() {
        return isCode() && !source().isBlank() && !hasTag(SKIP);
    }

    /** Whether the cell is meant to show an exception, by the tag that nbclient knows. */
    boolean mayFail() {
        return hasTag("raises-exception");
    }

    boolean isCode() {
        return json.path("cell_type").asText().equals("code");
    }

    /** Removes what an earlier run left, unless this one would leave the cell out. */
    void clear() {
        if (isCode() && !hasTag(SKIP)) {
            NotebookJson.put(json, "execution_count", NullNode.instance);
            setOutputs(NotebookJson.MAPPER.createArrayNode());
        }
    }

    void setExecutionCount(int count) {
        NotebookJson.put(json, "execution_count", IntNode.valueOf(count));
    }

    void setOutputs(ArrayNode outputs) {
        NotebookJson.put(json, "outputs", outputs);
    }

    private boolean hasTag(String tag) {
        for (JsonNode each : json.path("metadata").path("tags")) {
            if (each.asText().equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
