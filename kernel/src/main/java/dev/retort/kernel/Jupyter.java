package dev.retort.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Connection;
import dev.retort.kernel.wire.Message;
import dev.retort.kernel.wire.Wire;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * The kernel behind the Jupyter protocol. Requests on the shell channel are answered one after the other, those on the control
 * channel at once, also while a cell runs.
 */
public final class Jupyter {
    /** How long a cell may take to end when it is interrupted by a shutdown. */
    private static final long PATIENCE_MILLIS = 500;

    private final PrintStream log = System.err; // Kept: when cells run, System.err is theirs.
    private final BlockingQueue<Message> shellRequests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> controlRequests = new LinkedBlockingQueue<>();
    private final CompletableFuture<Executions> executions = new CompletableFuture<>();
    private final CountDownLatch shutdown = new CountDownLatch(1);
    private final Map<String, Function<Message, ObjectNode>> shell = Map.of(
            "kernel_info_request", this::kernelInfo,
            Executions.REQUEST, message -> executions().execute(message, shellRequests),
            "complete_request", message -> CodeRequests.complete(kernel(), message.content()),
            "inspect_request", message -> CodeRequests.inspect(kernel(), message.content()),
            "is_complete_request", message -> CodeRequests.isComplete(kernel(), message.content()),
            "history_request", message -> executions().history(message),
            "comm_info_request", this::commInfo,
            "comm_open", this::commOpen,
            "shutdown_request", this::shutdown);
    private final Map<String, Function<Message, ObjectNode>> control = Map.of(
            "kernel_info_request", this::kernelInfo,
            "interrupt_request", this::interrupt,
            "shutdown_request", this::shutdown);
    private final Wire wire;

    private Jupyter(Connection connection) throws IOException {
        wire = new Wire(connection, this::received);
    }

    /**
     * Serves the front ends that know a connection file, until one of them asks to shut down.
     *
     * @throws UncheckedIOException  if the file cannot be read or an address in it not be bound
     * @throws IllegalStateException if the distribution is not found
     */
    public static void serve(Path connectionFile) {
        serve(connectionFile, Home.find());
    }

    static void serve(Path connectionFile, Home home) {
        try {
            new Jupyter(Connection.read(connectionFile)).serve(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Home home) {
        new IopubOutputs(wire, Message.newObject()).status("starting");
        Thread answering = start("shell", () -> answerAll(Channel.SHELL, shell, shellRequests));
        start("control", () -> answerAll(Channel.CONTROL, control, controlRequests));
        start("start", () -> start(home)); // A front end is told about the kernel before Java's compiler is up.
        try {
            shutdown.await();
            if (!executions.isCompletedExceptionally()) {
                kernel().interrupt();
                answering.interrupt();
                answering.join(PATIENCE_MILLIS);
                kernel().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            wire.close();
        }
    }

    private void start(Home home) {
        try {
            executions.complete(new Executions(Kernel.start(home), wire));
        } catch (RuntimeException | Error e) {
            log.println("the kernel did not start: " + e);
            executions.completeExceptionally(e);
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private Executions executions() {
        return executions.join();
    }

    private Kernel kernel() {
        return executions().kernel();
    }

    /** On the thread of the sockets. */
    private void received(Channel channel, Message message) {
        switch (channel) {
            case SHELL -> shellRequests.add(message);
            case CONTROL -> controlRequests.add(message);
            default -> {
                if (message.type().equals("input_reply")) {
                    executions().questions().answered(message);
                }
            }
        }
    }

    private void answerAll(Channel channel, Map<String, Function<Message, ObjectNode>> handlers, BlockingQueue<Message> requests) {
        try {
            while (true) {
                Message request = requests.take();
                answer(channel, handlers.get(request.type()), request);
                if (request.type().equals("shutdown_request")) {
                    shutdown.countDown();
                }
            }
        } catch (InterruptedException shutDown) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Channel channel, Function<Message, ObjectNode> handler, Message request) {
        IopubOutputs outputs = new IopubOutputs(wire, request.header());
        outputs.status("busy");
        try {
            ObjectNode content = handler == null ? null : handler.apply(request);
            if (handler == null) {
                log.println("no answer to a message of the type '" + request.type() + "' on " + channel);
            }
            if (content != null) {
                wire.send(channel, request.reply(request.type().replace("_request", "_reply"), content));
            }
        } catch (RuntimeException | Error e) {
            wire.send(channel, request.reply(request.type().replace("_request", "_reply"), failed(e)));
        } finally {
            outputs.status("idle");
        }
    }

    private static ObjectNode failed(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return IopubOutputs.failed(new CellFailure(cause.getClass().getName(), String.valueOf(cause.getMessage()),
                List.of(cause.toString()))).put("status", "error");
    }

    private ObjectNode kernelInfo(Message request) {
        ObjectNode content = Message.newObject()
                .put("status", "ok")
                .put("protocol_version", Message.PROTOCOL_VERSION)
                .put("implementation", "retort")
                .put("implementation_version", Kernel.version())
                .put("banner", "Retort " + Kernel.version() + ", Java " + Runtime.version())
                .put("debugger", false);
        content.set("language_info", Language.info());
        content.putArray("help_links");
        content.putArray("supported_features");
        return content;
    }

    private ObjectNode interrupt(Message request) {
        kernel().interrupt();
        return Message.newObject().put("status", "ok");
    }

    private ObjectNode shutdown(Message request) {
        ObjectNode content = Message.newObject().put("status", "ok")
                .put("restart", request.content().path("restart").asBoolean(false));
        new IopubOutputs(wire, request.header()).publish("shutdown_reply", content);
        return content;
    }

    private ObjectNode commInfo(Message request) {
        ObjectNode content = Message.newObject().put("status", "ok");
        content.putObject("comms");
        return content;
    }

    /** No target is known here, so every comm is closed as the protocol asks. */
    private ObjectNode commOpen(Message request) {
        ObjectNode content = Message.newObject().put("comm_id", request.content().path("comm_id").asText());
        content.putObject("data");
        new IopubOutputs(wire, request.header()).publish("comm_close", content);
        return null;
    }
}
