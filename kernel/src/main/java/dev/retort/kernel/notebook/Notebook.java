package dev.retort.kernel.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.retort.kernel.file.WholeFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A notebook file of nbformat 4. Reading keeps all that it does not know, in its order; 4.0 to 4.4 become 4.5, whose
 * cells have ids.
 */
public final class Notebook {
    private static final int MAJOR = 4;
    private static final int MINOR_WITH_IDS = 5;
    private static final Set<String> CELL_TYPES = Set.of("code", "markdown", "raw");

    private final ObjectNode root;
    private final List<Cell> cells;

    private Notebook(ObjectNode root, List<Cell> cells) {
        this.root = root;
        this.cells = List.copyOf(cells);
    }

    /**
     * Reads a notebook.
     *
     * @throws MalformedNotebookException if the file is not a notebook of nbformat 4
     * @throws IOException                if the file cannot be read
     */
    public static Notebook read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new MalformedNotebookException("it is not UTF-8 text");
        }
    }

    static Notebook parse(String text) throws MalformedNotebookException {
        ObjectNode root = object(tree(text), "the file");
        checkFormat(root);
        object(root.path("metadata"), "metadata");
        if (!root.path("cells").isArray()) {
            throw new MalformedNotebookException("it has no list of cells");
        }
        List<Cell> cells = new ArrayList<>();
        for (JsonNode cell : root.path("cells")) {
            cells.add(cell(cell, "cells[" + cells.size() + "]"));
        }
        root.set("nbformat_minor", IntNode.valueOf(Math.max(MINOR_WITH_IDS, root.path("nbformat_minor").intValue())));
        return new Notebook(root, cells);
    }

    /** All cells, in order. */
    public List<Cell> cells() {
        return cells;
    }

    /** The language that the notebook says it is written in, in lower case, or an empty string. */
    public String language() {
        JsonNode metadata = root.path("metadata");
        String declared = metadata.path("language_info").path("name").asText();
        return (declared.isEmpty() ? metadata.path("kernelspec").path("language").asText() : declared).toLowerCase();
    }

    /** Says in the metadata which kernel ran the notebook. */
    public void setKernel(ObjectNode kernelspec, ObjectNode languageInfo) {
        ObjectNode metadata = (ObjectNode) root.path("metadata");
        NotebookJson.put(metadata, "kernelspec", kernelspec);
        NotebookJson.put(metadata, "language_info", languageInfo);
    }

    /** Writes the notebook, whole or not at all. */
    public void write(Path file) throws IOException {
        WholeFile.write(file, toJson());
    }

    String toJson() {
        return NotebookJson.write(root);
    }

    private static JsonNode tree(String text) throws MalformedNotebookException {
        try {
            return NotebookJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().replaceFirst("(?s)[\\n(].*", "").strip();
            throw new MalformedNotebookException("it is not JSON: line " + e.getLocation().getLineNr() + ": " + reason);
        }
    }

    private static void checkFormat(ObjectNode root) throws MalformedNotebookException {
        if (!root.path("nbformat").isInt() || !root.path("nbformat_minor").isInt()) {
            throw new MalformedNotebookException("it does not say its nbformat");
        }
        if (root.path("nbformat").intValue() != MAJOR) {
            throw new MalformedNotebookException("it is of nbformat " + root.path("nbformat")
                + ", Retort reads nbformat " + MAJOR + "; convert it with «jupyter nbconvert --to notebook»");
        }
    }

    private static Cell cell(JsonNode node, String where) throws MalformedNotebookException {
        ObjectNode cell = object(node, where);
        if (!CELL_TYPES.contains(cell.path("cell_type").asText())) {
            throw new MalformedNotebookException(where + " is neither code nor markdown nor raw");
        }
        if (!isText(cell.path("source"))) {
            throw new MalformedNotebookException(where + " has no source");
        }
        if (!cell.path("id").isTextual()) {
            NotebookJson.put(cell, "id", TextNode.valueOf(UUID.randomUUID().toString().substring(0, 8)));
        }
        return new Cell(cell);
    }

    private static ObjectNode object(JsonNode node, String where) throws MalformedNotebookException {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new MalformedNotebookException(where + " is not a JSON object");
    }

    private static boolean isText(JsonNode source) {
        if (source instanceof ArrayNode lines) {
            for (JsonNode line : lines) {
                if (!line.isTextual()) {
                    return false;
                }
            }
            return true;
        }
        return source.isTextual();
    }
}
