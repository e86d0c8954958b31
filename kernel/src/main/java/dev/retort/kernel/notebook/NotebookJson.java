package dev.retort.kernel.notebook;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** JSON as Python's {@code nbformat} reads and writes it, to the byte, so that the differences of two versions stay small. */
final class NotebookJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
        .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();

    private static final ObjectWriter WRITER = MAPPER.writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Spacing.AFTER).withObjectEmptySeparator("").withArrayEmptySeparator(""))
        .withObjectIndenter(new DefaultIndenter(" ", "\n"))
        .withArrayIndenter(new DefaultIndenter(" ", "\n")));

    /** After each of what Python's {@code splitlines} takes for a line end. */
    private static final Pattern LINE_END = Pattern.compile("(?<=[\\n\\x0B\\f\\x1C-\\x1E\\x85\\u2028\\u2029])|(?<=\\r)(?!\\n)");

    private static final Set<String> SPLIT_TYPES = Set.of("application/javascript", "image/svg+xml");

    private NotebookJson() {
    }

    static String write(JsonNode notebook) {
        try {
            return WRITER.writeValueAsString(notebook) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    /** Text as notebooks keep it: a list of lines with their ends. */
    static ArrayNode lines(String text) {
        ArrayNode lines = MAPPER.createArrayNode();
        if (!text.isEmpty()) {
            LINE_END.splitAsStream(text).forEach(lines::add);
        }
        return lines;
    }

    /** Turns the text of a MIME bundle into lines; base64 stays in one piece. */
    static void splitLines(ObjectNode data) {
        data.properties().forEach(entry -> {
            String type = entry.getKey();
            if (entry.getValue().isTextual() && (type.startsWith("text/") || SPLIT_TYPES.contains(type))) {
                entry.setValue(lines(entry.getValue().textValue()));
            }
        });
    }

    /** The text of a field that is a string or a list of lines. */
    static String text(JsonNode field) {
        if (field.isTextual()) {
            return field.textValue();
        }
        StringBuilder text = new StringBuilder();
        field.forEach(line -> text.append(line.textValue()));
        return text.toString();
    }

    /** Sets a field; a new one goes to its alphabetical place, the existing ones stay in their order. */
    static void put(ObjectNode object, String name, JsonNode value) {
        if (object.has(name)) {
            object.set(name, value);
            return;
        }
        Map<String, JsonNode> later = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            if (!later.isEmpty() || field.getKey().compareTo(name) > 0) {
                later.put(field.getKey(), field.getValue());
            }
        });
        object.remove(later.keySet());
        object.set(name, value);
        object.setAll(later);
    }
}
