package dev.retort.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.history.History;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Connection;
import dev.retort.kernel.wire.Message;
import dev.retort.kernel.wire.Wire;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The kernel behind the Jupyter protocol. Requests on the control channel are answered also while a cell runs, and so are those
 * on the shell channel that run no code.
 */
public final class Jupyter {
    /** How long a cell may take to end when it is interrupted by a shutdown. */
    private static final long PATIENCE_MILLIS = 500;

    private final CompletableFuture<Kernel> kernel;
    private final CountDownLatch shutdown = new CountDownLatch(1);
    private final ExecutorService control = DaemonThreads.single("control");
    private final Wire wire;
    private final Replies replies;
    private final Shells shells;
    private final Questions questions;
    private final History history;
    private final Map<String, Function<Message, ObjectNode>> onControl;

    /**
     * Binds the addresses; requests are answered when it serves.
     *
     * @param historyFolder where the history is kept
     * @param kernel        what executes code, once it has started
     * @param log           hears what goes wrong outside cells
     */
    private Jupyter(Connection connection, Path historyFolder, CompletableFuture<Kernel> kernel, PrintStream log) throws IOException {
        this.kernel = kernel;
        history = new History(historyFolder, log);
        wire = new Wire(connection, log);
        replies = new Replies(wire, log);
        questions = new Questions(wire);
        Executions executions = new Executions(wire, questions, history);
        shells = new Shells(kernel, replies,
                Map.of("execute_request", (message, lane) -> executions.execute(message, lane.shell().join(), lane.queue()),
                        CommMessage.OPEN, this::comm, CommMessage.MESSAGE, this::comm, CommMessage.CLOSE, this::comm),
                Map.of("kernel_info_request", this::kernelInfo,
                        "complete_request", message -> CodeRequests.complete(kernel.join(), message.content()),
                        "inspect_request", message -> CodeRequests.inspect(kernel.join(), message.content()),
                        "is_complete_request", message -> CodeRequests.isComplete(kernel.join(), message.content()),
                        "history_request", message -> history.reply(message.content()),
                        "comm_info_request", message -> kernel.join().comms().info(message.content()),
                        "connect_request", message -> connection.putPorts(Message.newObject().put("status", "ok")),
                        "shutdown_request", this::shutdown));
        onControl = Map.of("kernel_info_request", this::kernelInfo,
                "interrupt_request", this::interrupt,
                "shutdown_request", this::shutdown,
                "create_subshell_request", shells::create,
                "list_subshell_request", shells::list,
                "delete_subshell_request", shells::delete);
    }

    /**
     * Serves the front ends that know a connection file, until one of them asks to shut down.
     *
     * @param historyFolder where the cells that are executed are kept, made when the first one is
     * @throws UncheckedIOException  if the file cannot be read or an address in it not be bound
     * @throws IllegalStateException if the distribution is not found
     */
    public static void serve(Path connectionFile, Path historyFolder) {
        serve(connectionFile, historyFolder, Home.find());
    }

    static void serve(Path connectionFile, Path historyFolder, Home home) {
        PrintStream log = System.err; // When cells run, System.err is theirs.
        CompletableFuture<Kernel> kernel = starting(home, log);
        try {
            new Jupyter(Connection.read(connectionFile), historyFolder, kernel, log).serve();
        } catch (IOException e) {
            kernel.thenAccept(Kernel::close);
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a kernel on a thread of its own: Java's compiler takes long, and meanwhile a front end can ask what kernel this is. */
    private static CompletableFuture<Kernel> starting(Home home, PrintStream log) {
        CompletableFuture<Kernel> kernel = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                kernel.complete(Kernel.start(home));
            } catch (RuntimeException | Error e) {
                log.println("the kernel did not start: " + e);
                kernel.completeExceptionally(e);
            }
        }, "start");
        thread.setDaemon(true);
        thread.start();
        return kernel;
    }

    /** Answers until it is asked to shut down. */
    private void serve() {
        wire.start(this::received);
        new IopubOutputs(wire, Message.newObject()).status("starting");
        try {
            shutdown.await();
            control.shutdown();
            control.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            shells.close();
            if (!kernel.isCompletedExceptionally()) {
                kernel.join().interrupt();
                shells.awaitEnd(PATIENCE_MILLIS);
                kernel.join().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            history.close();
            wire.close();
        }
    }

    /** On the thread of the sockets. */
    private void received(Channel channel, Message message) {
        switch (channel) {
            case SHELL -> shells.received(message);
            case CONTROL -> control.execute(() -> replies.answer(channel, message, onControl.get(message.type())));
            default -> {
                if (message.type().equals("input_reply")) {
                    questions.answered(message);
                }
            }
        }
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
        content.putArray("supported_features").add("kernel subshells");
        return content;
    }

    private ObjectNode interrupt(Message request) {
        kernel.join().interrupt();
        return Message.newObject().put("status", "ok");
    }

    private ObjectNode shutdown(Message request) {
        ObjectNode content = Message.newObject().put("status", "ok")
                .put("restart", request.content().path("restart").asBoolean(false));
        new IopubOutputs(wire, request.header()).publish("shutdown_reply", content);
        shutdown.countDown();
        return content;
    }

    private ObjectNode comm(Message request, Shells.Lane lane) {
        Frontend frontend = new Frontend(new IopubOutputs(wire, request.header()), Input.NONE);
        CommMessage message = new CommMessage(request.type(), request.content(), request.metadata(), request.buffers());
        lane.shell().join().run("the comm's handler", frontend, () -> {
            kernel.join().comms().received(message);
            return null;
        });
        return null;
    }
}
