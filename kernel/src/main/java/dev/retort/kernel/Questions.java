package dev.retort.kernel;

import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import dev.retort.kernel.wire.Wire;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What cells ask the user through the front end that runs them. One question is open at a time. */
final class Questions {
    private record Question(String id, CompletableFuture<String> answer) {
    }

    private final Wire wire;
    private volatile Question open;

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

    /** Takes what the user answered. An answer to another question, such as one of an interrupted cell, is dropped. */
    void answered(Message reply) {
        Question question = open;
        String answers = reply.parent().path("msg_id").asText();
        if (question != null && (answers.isEmpty() || answers.equals(question.id))) {
            question.answer.complete(reply.content().path("value").asText());
        }
    }

    private String ask(Message request, String prompt, boolean password) throws IOException {
        Message message = request.reply("input_request",
                Message.newObject().put("prompt", prompt).put("password", password));
        Question question = new Question(message.id(), new CompletableFuture<>());
        open = question;
        wire.send(Channel.STDIN, message);
        try {
            return question.answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the question was interrupted");
        } catch (ExecutionException e) {
            throw new IOException(e);
        } finally {
            open = null;
        }
    }
}
