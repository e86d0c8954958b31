package dev.retort.kernel.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Predicate;

/** What the messages of a kernel contain, by version 5.5 of the protocol. */
final class Schema {
    private record Field(String name, Predicate<JsonNode> type) {
    }

    private static final Map<String, Field[]> OK = Map.ofEntries(
            type("kernel_info_reply", text("protocol_version"), text("implementation"), text("implementation_version"),
                    text("banner"), bool("debugger"), object("language_info"), array("help_links"), array("supported_features")),
            type("execute_reply", number("execution_count"), array("payload"), object("user_expressions")),
            type("complete_reply", array("matches"), number("cursor_start"), number("cursor_end"), object("metadata")),
            type("inspect_reply", bool("found"), object("data"), object("metadata")),
            type("history_reply", array("history")),
            type("comm_info_reply", object("comms")),
            type("connect_reply", number("shell_port"), number("iopub_port"), number("stdin_port"), number("control_port"),
                    number("hb_port")),
            type("interrupt_reply"),
            type("shutdown_reply", bool("restart")),
            type("create_subshell_reply", text("subshell_id")),
            type("list_subshell_reply", array("subshell_id")),
            type("delete_subshell_reply"));
    private static final Map<String, Field[]> OTHERS = Map.ofEntries(
            type("is_complete_reply", text("status")),
            type("input_request", text("prompt"), bool("password")),
            type("status", text("execution_state")),
            type("execute_input", text("code"), number("execution_count")),
            type("execute_result", number("execution_count"), object("data"), object("metadata")),
            type("display_data", object("data"), object("metadata"), object("transient")),
            type("update_display_data", object("data"), object("metadata"), object("transient")),
            type("stream", text("name"), text("text")),
            type("error", text("ename"), text("evalue"), array("traceback")),
            type("clear_output", bool("wait")),
            type("comm_open", text("comm_id"), text("target_name"), object("data")),
            type("comm_msg", text("comm_id"), object("data")),
            type("comm_close", text("comm_id"), object("data")),
            type("iopub_welcome", text("subscription")));

    private Schema() {
    }

    /** @throws AssertionError if the message lacks a field that its type has, or has one of another type */
    static void check(Message message) {
        require(message, message.header(), text("msg_id"), text("session"), text("username"), text("date"), text("msg_type"),
                text("version"));
        JsonNode content = message.content();
        if (OTHERS.containsKey(message.type())) {
            require(message, content, OTHERS.get(message.type()));
            return;
        }
        require(message, content, text("status"));
        switch (content.path("status").asText()) {
            case "ok" -> require(message, content, known(message));
            case "error" -> require(message, content, text("ename"), text("evalue"), array("traceback"));
            case "aborted" -> { }
            default -> throw new AssertionError("the status of a " + message.type() + ": " + content);
        }
    }

    private static Field[] known(Message message) {
        Field[] fields = OK.get(message.type());
        if (fields == null) {
            throw new AssertionError("a message of the unknown type " + message.type());
        }
        return fields;
    }

    private static void require(Message message, JsonNode node, Field... fields) {
        for (Field field : fields) {
            if (!field.type.test(node.path(field.name))) {
                throw new AssertionError(message.type() + " has no proper " + field.name + ": " + node);
            }
        }
    }

    private static Map.Entry<String, Field[]> type(String name, Field... fields) {
        return Map.entry(name, fields);
    }

    private static Field text(String name) {
        return new Field(name, JsonNode::isTextual);
    }

    private static Field number(String name) {
        return new Field(name, JsonNode::isIntegralNumber);
    }

    private static Field bool(String name) {
        return new Field(name, JsonNode::isBoolean);
    }

    private static Field object(String name) {
        return new Field(name, JsonNode::isObject);
    }

    private static Field array(String name) {
        return new Field(name, JsonNode::isArray);
    }
}
