package dev.retort.kernel;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * A rich output as Jupyter's messages and notebook files carry it. Bytes are base64 text, JSON types are JSON values.
 *
 * @param data      the representations by MIME type
 * @param metadata  hints for them, such as an image's size
 * @param displayId the name under which it can be updated, or null
 */
public record MimeBundle(ObjectNode data, ObjectNode metadata, String displayId) {
    private static final ObjectMapper JSON = new ObjectMapper().addMixIn(DisplayData.class, Fields.class);

    /** Reads what the line's {@code DisplayData} keeps in private fields. */
    public static MimeBundle of(DisplayData display) {
        ObjectNode fields = JSON.valueToTree(display);
        ObjectNode data = fields.withObject("/data");
        data.properties().forEach(entry -> {
            if (isJson(entry.getKey()) && entry.getValue().isTextual()) {
                entry.setValue(parsed(entry.getValue()));
            }
        });
        JsonNode metadata = fields.path("metadata");
        return new MimeBundle(data, metadata instanceof ObjectNode object ? object : JSON.createObjectNode(),
            display.hasDisplayId() ? display.getDisplayId() : null);
    }

    /** The plain text of the bundle, or an empty string. */
    public String text() {
        return data.path("text/plain").asText();
    }

    private static boolean isJson(String mimeType) {
        return mimeType.equals("application/json") || mimeType.startsWith("application/") && mimeType.endsWith("+json");
    }

    private static JsonNode parsed(JsonNode text) {
        try {
            return JSON.readTree(text.textValue());
        } catch (JsonProcessingException notJson) {
            return text;
        }
    }

    @JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE, isGetterVisibility = Visibility.NONE)
    private interface Fields {
    }
}
