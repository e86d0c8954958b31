package dev.retort.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Field;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * A rich output as Jupyter's messages and notebook files carry it. Bytes are base64 text, JSON types are JSON values.
 *
 * @param data      the representations by MIME type
 * @param metadata  hints for them, such as an image's size
 * @param displayId the name under which it can be updated, or null
 */
public record MimeBundle(ObjectNode data, ObjectNode metadata, String displayId) {
    private static final Field DATA = field("data");
    private static final Field METADATA = field("metadata");

    /** Made when it is needed: most bundles are text, and a mapper costs the first result a tenth of a second. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    /** Reads what the line's {@code DisplayData} keeps in private fields. */
    public static MimeBundle of(DisplayData display) {
        return new MimeBundle(object(display, DATA), object(display, METADATA),
                display.hasDisplayId() ? display.getDisplayId() : null);
    }

    /** The plain text of the bundle, or an empty string. */
    public String text() {
        return data.path("text/plain").asText();
    }

    private static ObjectNode object(DisplayData display, Field field) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        try {
            Map<?, ?> entries = (Map<?, ?>) field.get(display);
            if (entries != null) {
                entries.forEach((key, value) -> object.set(key.toString(), json(key.toString(), value)));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        return object;
    }

    private static JsonNode json(String mimeType, Object value) {
        if (value instanceof String text) {
            return isJson(mimeType) ? parsed(text) : JsonNodeFactory.instance.textNode(text);
        }
        return Json.MAPPER.valueToTree(value);
    }

    private static boolean isJson(String mimeType) {
        return mimeType.equals("application/json") || mimeType.startsWith("application/") && mimeType.endsWith("+json");
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    private static Field field(String name) {
        try {
            Field field = DisplayData.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
