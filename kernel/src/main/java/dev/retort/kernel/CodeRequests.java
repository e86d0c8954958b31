package dev.retort.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.assist.Completion;
import dev.retort.kernel.assist.Completion.Match;
import dev.retort.kernel.assist.Explanation;
import dev.retort.kernel.wire.Message;
import java.util.Locale;

/** Requests about code that is being written. Jupyter's positions count characters, Java's UTF-16 units. */
final class CodeRequests {
    private static final String INDENT = "    ";

    private CodeRequests() {
    }

    static ObjectNode complete(Kernel kernel, ObjectNode request) {
        String code = request.path("code").asText();
        int cursor = cursor(request, code);
        Completion completion = MagicAssistant.complete(code.substring(0, cursor), kernel.magics());
        if (completion == null) {
            completion = kernel.assistant().complete(MagicAssistant.javaOnly(code, kernel.magics()), cursor);
        }
        int start = code.codePointCount(0, completion.start());
        int end = code.codePointCount(0, cursor);
        ObjectNode content = ok().put("cursor_start", start).put("cursor_end", end);
        ArrayNode matches = content.putArray("matches");
        ArrayNode types = content.putObject("metadata").putArray("_jupyter_types_experimental");
        for (Match match : completion.matches()) {
            matches.add(match.text());
            types.addObject().put("start", start).put("end", end).put("text", match.text())
                    .put("type", match.kind().name().toLowerCase(Locale.ROOT)).put("signature", match.signature());
        }
        return content;
    }

    static ObjectNode inspect(Kernel kernel, ObjectNode request) {
        String code = request.path("code").asText();
        int cursor = cursor(request, code);
        Explanation explanation = MagicAssistant.explain(code, cursor, kernel.magics());
        if (explanation == null) {
            explanation = kernel.assistant().explain(MagicAssistant.javaOnly(code, kernel.magics()), cursor,
                    request.path("detail_level").asInt() > 0);
        }
        ObjectNode content = ok().put("found", explanation != null);
        ObjectNode data = content.putObject("data");
        if (explanation != null) {
            data.put("text/plain", explanation.text()).put("text/html", explanation.html());
        }
        content.putObject("metadata");
        return content;
    }

    static ObjectNode isComplete(Kernel kernel, ObjectNode request) {
        String code = request.path("code").asText();
        ObjectNode content = Message.newObject();
        if (code.stripLeading().startsWith("%%")) {
            // Nobody but the user knows where the body of a cell magic ends: at a blank line, as in IPython.
            boolean ended = code.substring(code.lastIndexOf('\n') + 1).isBlank();
            return ended ? content.put("status", "complete") : content.put("status", "incomplete").put("indent", "");
        }
        return switch (kernel.wholeness(MagicAssistant.javaOnly(code, kernel.magics()))) {
            case COMPLETE -> content.put("status", "complete");
            case INVALID -> content.put("status", "invalid");
            case INCOMPLETE -> content.put("status", "incomplete").put("indent", indent(code));
        };
    }

    /** The last line's indentation, one step deeper if it leaves a bracket open. */
    private static String indent(String code) {
        String last = code.substring(code.stripTrailing().lastIndexOf('\n') + 1).stripTrailing();
        String indent = last.substring(0, last.length() - last.stripLeading().length());
        int open = last.chars().map(c -> "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0).sum();
        return open > 0 ? indent + INDENT : indent;
    }

    private static int cursor(ObjectNode request, String code) {
        int characters = code.codePointCount(0, code.length());
        int cursor = request.path("cursor_pos").asInt(characters);
        return code.offsetByCodePoints(0, Math.max(0, Math.min(cursor, characters)));
    }

    private static ObjectNode ok() {
        return Message.newObject().put("status", "ok");
    }
}
