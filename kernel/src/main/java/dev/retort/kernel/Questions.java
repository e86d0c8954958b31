package dev.retort.kernel;

import dev.retort.kernel.wire.Message;
import dev.retort.kernel.wire.Wire;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What cells ask the user through the front end that runs them. */
final class Questions {
    private final Wire wire;
    /** Those that wait for an answer, by their ids, the oldest first. */
    private final Map<String, CompletableFuture<String>> open = new LinkedHashMap<>();

    Questions(Wire wire) {
        this.wire = wire;
    }

    /** Input for the cell that {@code request} executes. */
    Input of(Message request) {
        if (!request.content().path("allow_stdin").asBoolean(false)) {
            return Input.NONE;
        }
        return (prompt, password) -> ask(request, prompt, password);
    }

    /**
     * Takes what the user answered: the question that the reply names, or else the oldest one. An answer to a question that is
     * no longer open, such as one of an interrupted cell, is dropped.
     */
    void answered(Message reply) {
        synchronized (open) {
            String id = reply.parent().path("msg_id").asText();
            CompletableFuture<String> answer = id.isEmpty() ? open.values().stream().findFirst().orElse(null) : open.get(id);
            if (answer != null) {
                answer.complete(reply.content().path("value").asText());
            }
        }
    }

    private String ask(Message request, String prompt, boolean password) throws IOException {
        Message question = request.reply("input_request",
                Message.newObject().put("prompt", prompt).put("password", password));
        CompletableFuture<String> answer = new CompletableFuture<>();
        synchronized (open) {
            open.put(question.id(), answer);
        }
        wire.ask(question, () -> answer.completeExceptionally(
                new IOException("this front end cannot be asked for input: it is not connected to stdin")));
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the question was interrupted");
        } catch (ExecutionException e) {
            throw (IOException) e.getCause();
        } finally {
            synchronized (open) {
                open.remove(question.id());
            }
        }
    }
}
