package dev.retort.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.session.CellException;
import dev.retort.kernel.wire.Message;
import dev.retort.kernel.wire.Wire;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Answers {@code execute_request}, and aborts those that were queued behind one that failed. */
final class Executions {
    static final String REQUEST = "execute_request";

    private final Kernel kernel;
    private final Wire wire;
    private final Questions questions;
    private final History history = new History();
    private final Set<String> aborted = new HashSet<>();

    Executions(Kernel kernel, Wire wire) {
        this.kernel = kernel;
        this.wire = wire;
        this.questions = new Questions(wire);
    }

    Kernel kernel() {
        return kernel;
    }

    Questions questions() {
        return questions;
    }

    ObjectNode history(Message request) {
        return history.reply(request.content());
    }

    /**
     * Executes a cell, unless one before it failed.
     *
     * @param queued the requests that wait behind it, which are aborted if it fails
     */
    ObjectNode execute(Message request, Collection<Message> queued) {
        if (aborted.remove(request.id())) {
            return Message.newObject().put("status", "aborted").put("execution_count", kernel.count());
        }
        ObjectNode reply = execute(request);
        if (reply.path("status").asText().equals("error") && request.content().path("stop_on_error").asBoolean(true)) {
            queued.stream().filter(each -> each.type().equals(REQUEST)).map(Message::id).forEach(aborted::add);
        }
        return reply;
    }

    private ObjectNode execute(Message request) {
        ObjectNode content = request.content();
        String code = content.path("code").asText();
        boolean silent = content.path("silent").asBoolean(false);
        boolean counts = !silent && content.path("store_history").asBoolean(true);
        IopubOutputs outputs = new IopubOutputs(wire, request.header());
        if (!silent) {
            outputs.input(kernel.count() + (counts ? 1 : 0), code);
        }
        Execution execution = kernel.execute(new Execution.Request(code, silent, counts), outputs, questions.of(request));
        if (counts) {
            history.add(execution.count(), code);
        }
        ObjectNode reply = execution.ok() ? values(content.path("user_expressions")) : failed(execution.failure());
        reply.put("execution_count", execution.count());
        reply.putArray("payload");
        return reply;
    }

    private ObjectNode values(JsonNode expressions) {
        ObjectNode reply = Message.newObject().put("status", "ok");
        ObjectNode values = reply.putObject("user_expressions");
        expressions.properties().forEach(entry -> values.set(entry.getKey(), value(entry.getValue().asText())));
        return reply;
    }

    private ObjectNode value(String expression) {
        try {
            MimeBundle bundle = MimeBundle.of(kernel.value(expression));
            ObjectNode value = Message.newObject().put("status", "ok");
            value.set("data", bundle.data());
            value.set("metadata", bundle.metadata());
            return value;
        } catch (CellException e) {
            return failed(new CellFailure(e.name(), e.getMessage(), e.report()));
        }
    }

    private static ObjectNode failed(CellFailure failure) {
        return IopubOutputs.failed(failure).put("status", "error");
    }
}
