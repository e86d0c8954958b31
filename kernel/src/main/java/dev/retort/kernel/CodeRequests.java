package dev.retort.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.session.Assistant;
import dev.retort.kernel.wire.Message;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests about code that is being written. Jupyter's positions count characters, Java's UTF-16 units. */
final class CodeRequests {
    private static final Pattern MAGIC = Pattern.compile("(?:^|\\n)[ \\t]*(%%?\\w*)$");
    private static final String INDENT = "    ";

    private CodeRequests() {
    }

    static ObjectNode complete(Kernel kernel, ObjectNode request) {
        String code = request.path("code").asText();
        int cursor = cursor(request, code);
        Assistant.Completion completion = completeMagic(kernel, code.substring(0, cursor));
        if (completion == null) {
            completion = kernel.assist(assistant -> assistant.complete(code, cursor));
        }
        ObjectNode content = ok();
        completion.matches().forEach(content.putArray("matches")::add);
        content.put("cursor_start", code.codePointCount(0, completion.start()));
        content.put("cursor_end", code.codePointCount(0, cursor));
        content.putObject("metadata");
        return content;
    }

    static ObjectNode inspect(Kernel kernel, ObjectNode request) {
        String code = request.path("code").asText();
        String text = kernel.assist(assistant -> assistant.explain(code, cursor(request, code)));
        ObjectNode content = ok().put("found", !text.isEmpty());
        ObjectNode data = content.putObject("data");
        if (!text.isEmpty()) {
            data.put("text/plain", text);
        }
        content.putObject("metadata");
        return content;
    }

    static ObjectNode isComplete(Kernel kernel, ObjectNode request) {
        String code = request.path("code").asText();
        ObjectNode content = Message.newObject();
        if (code.stripLeading().startsWith("%")) {
            return content.put("status", "complete");
        }
        return switch (kernel.assist(assistant -> assistant.wholeness(code))) {
            case COMPLETE -> content.put("status", "complete");
            case INVALID -> content.put("status", "invalid");
            case INCOMPLETE -> content.put("status", "incomplete").put("indent", indent(code));
        };
    }

    private static Assistant.Completion completeMagic(Kernel kernel, String code) {
        Matcher matcher = MAGIC.matcher(code);
        if (!matcher.find()) {
            return null;
        }
        String prefix = matcher.group(1);
        List<String> names = kernel.magics().names().filter(name -> name.startsWith(prefix)).sorted().toList();
        return new Assistant.Completion(names, matcher.start(1));
    }

    /** The last line's indentation, one step deeper if it opens something. */
    private static String indent(String code) {
        String last = code.substring(code.stripTrailing().lastIndexOf('\n') + 1).stripTrailing();
        String indent = last.substring(0, last.length() - last.stripLeading().length());
        return last.endsWith("{") || last.endsWith("(") ? indent + INDENT : indent;
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
