package dev.retort.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import dev.retort.kernel.wire.Wire;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Sends replies, each between the kernel's words that it is busy with the request and idle again. */
final class Replies {
    private final Wire wire;
    private final PrintStream log;
    private final List<IopubOutputs> busy = new ArrayList<>();

    /** @param log gets a line for each request that is unknown */
    Replies(Wire wire, PrintStream log) {
        this.wire = wire;
        this.log = log;
    }

    /** @param handler makes the reply's content, null for a request that gets none; null if the request is unknown */
    void answer(Channel channel, Message request, Function<Message, ObjectNode> handler) {
        IopubOutputs outputs = new IopubOutputs(wire, request.header());
        begin(outputs);
        try {
            ObjectNode content = handler == null ? null : handler.apply(request);
            if (handler == null) {
                log.println("no answer to a message of the type '" + shortened(request.type()) + "' on " + channel);
            }
            if (content != null) {
                reply(channel, request, content);
            }
        } catch (RuntimeException | Error e) {
            Throwable cause = e instanceof CompletionException ? e.getCause() : e;
            reply(channel, request, IopubOutputs.failedReply(CellFailure.of(cause)));
        } finally {
            end(outputs);
        }
    }

    private void reply(Channel channel, Message request, ObjectNode content) {
        wire.send(channel, request.reply(request.type().replace("_request", "_reply"), content));
    }

    private synchronized void begin(IopubOutputs outputs) {
        busy.add(outputs);
        outputs.status("busy");
    }

    private synchronized void end(IopubOutputs outputs) {
        busy.remove(outputs);
        outputs.status("idle");
        if (!busy.isEmpty()) {
            busy.get(0).status("busy"); // Front ends take the last word for the kernel's state, whatever request it is about.
        }
    }

    /** What comes from outside may be long, and have line breaks. */
    private static String shortened(String type) {
        return type.substring(0, Math.min(type.length(), 60)).replaceAll("\\p{Cntrl}", "?");
    }
}
