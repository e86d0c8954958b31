package dev.retort.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.history.History;
import dev.retort.kernel.session.CellException;
import dev.retort.kernel.wire.Message;
import dev.retort.kernel.wire.Wire;

/** Answers the {@code execute_request}s and aborts those that wait behind one that failed. */
final class Executions {
    private final Wire wire;
    private final Questions questions;
    private final History history;

    Executions(Wire wire, Questions questions, History history) {
        this.wire = wire;
        this.questions = questions;
        this.history = history;
    }

    /** Executes a cell, unless one before it failed. */
    ObjectNode execute(Message request, Shell shell, ShellQueue queue) {
        if (queue.isAborted()) {
            return Message.newObject().put("status", "aborted").put("execution_count", shell.count());
        }
        ObjectNode content = request.content();
        boolean silent = content.path("silent").asBoolean(false);
        boolean counts = !silent && content.path("store_history").asBoolean(true);
        int count = counts ? shell.nextCount() : shell.count();
        String code = content.path("code").asText();
        IopubOutputs outputs = new IopubOutputs(wire, request.header());
        if (!silent) {
            outputs.input(count, code);
        }
        Execution execution = shell.execute(new Execution.Request(code, silent, count), outputs, questions.of(request));
        if (counts) {
            history.add(count, code);
        }
        if (!execution.ok() && content.path("stop_on_error").asBoolean(true)) {
            queue.abortWaiting();
        }
        ObjectNode reply = execution.ok() ? values(shell, content.path("user_expressions")) : IopubOutputs.failedReply(execution.failure());
        reply.put("execution_count", count);
        reply.set("payload", outputs.payload());
        return reply;
    }

    private ObjectNode values(Shell shell, JsonNode expressions) {
        ObjectNode reply = Message.newObject().put("status", "ok");
        ObjectNode values = reply.putObject("user_expressions");
        expressions.properties().forEach(entry -> values.set(entry.getKey(), value(shell, entry.getValue().asText())));
        return reply;
    }

    private ObjectNode value(Shell shell, String expression) {
        try {
            MimeBundle bundle = MimeBundle.of(shell.value(expression));
            ObjectNode value = Message.newObject().put("status", "ok");
            value.set("data", bundle.data());
            value.set("metadata", bundle.metadata());
            return value;
        } catch (CellException e) {
            return IopubOutputs.failedReply(CellFailure.of(e));
        }
    }
}
