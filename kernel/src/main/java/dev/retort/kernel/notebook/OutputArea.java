package dev.retort.kernel.notebook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.CellFailure;
import dev.retort.kernel.MimeBundle;
import dev.retort.kernel.Outputs;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Gathers the outputs of one cell as a notebook file keeps them. The areas of a notebook share the lock of their display ids. */
final class OutputArea implements Outputs {
    private final DisplayIds displayIds;
    private final List<Output> outputs = new ArrayList<>();
    private boolean clearBeforeNext;

    OutputArea(DisplayIds displayIds) {
        this.displayIds = displayIds;
    }

    @Override
    public void stream(String name, String text) {
        synchronized (displayIds) {
            clearIfAsked();
            if (!outputs.isEmpty() && outputs.get(outputs.size() - 1) instanceof Stream last && last.name.equals(name)) {
                last.text.append(text);
            } else {
                outputs.add(new Stream(name, new StringBuilder(text)));
            }
        }
    }

    @Override
    public void display(DisplayData data) {
        add("display_data", NotebookJson.MAPPER.createObjectNode(), bundle(data));
    }

    @Override
    public void result(int executionCount, DisplayData data) {
        add("execute_result", NotebookJson.MAPPER.createObjectNode().put("execution_count", executionCount), bundle(data));
    }

    @Override
    public void update(DisplayData data) {
        MimeBundle bundle = bundle(data);
        synchronized (displayIds) {
            displayIds.update(bundle);
        }
    }

    @Override
    public void error(CellFailure failure) {
        ObjectNode json = NotebookJson.MAPPER.createObjectNode()
            .put("ename", failure.name())
            .put("evalue", failure.message())
            .put("output_type", "error");
        failure.traceback().forEach(json.putArray("traceback")::add);
        synchronized (displayIds) {
            clearIfAsked();
            outputs.add(new Other(json));
        }
    }

    @Override
    public void clear(boolean wait) {
        synchronized (displayIds) {
            clearBeforeNext = wait;
            if (!wait) {
                outputs.clear();
            }
        }
    }

    ArrayNode toJson() {
        synchronized (displayIds) {
            ArrayNode list = NotebookJson.MAPPER.createArrayNode();
            outputs.forEach(output -> list.add(output.toJson()));
            return list;
        }
    }

    private void add(String type, ObjectNode json, MimeBundle bundle) {
        NotebookJson.put(json, "data", bundle.data());
        json.set("metadata", bundle.metadata());
        json.put("output_type", type);
        synchronized (displayIds) {
            clearIfAsked();
            outputs.add(new Other(json));
            if (bundle.displayId() != null) {
                displayIds.shownIn(bundle.displayId(), json);
            }
        }
    }

    private void clearIfAsked() {
        if (clearBeforeNext) {
            outputs.clear();
            clearBeforeNext = false;
        }
    }

    private static MimeBundle bundle(DisplayData data) {
        MimeBundle bundle = MimeBundle.of(data);
        NotebookJson.splitLines(bundle.data());
        return bundle;
    }

    private sealed interface Output {
        ObjectNode toJson();
    }

    /** What was printed in one go: its text is put together once, at the end. */
    private record Stream(String name, StringBuilder text) implements Output {
        @Override
        public ObjectNode toJson() {
            ObjectNode json = NotebookJson.MAPPER.createObjectNode().put("name", name).put("output_type", "stream");
            json.set("text", NotebookJson.lines(text.toString()));
            return json;
        }
    }

    private record Other(ObjectNode toJson) implements Output {
    }
}
