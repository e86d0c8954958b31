package dev.retort.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The main shell and its subshells. What executes code is answered by one shell in the order of its requests; the rest, such as
 * completion, beside a running cell.
 */
final class Shells implements AutoCloseable {
    /** A shell, which is there once the kernel has started, and its requests. */
    record Lane(CompletableFuture<Shell> shell, ShellQueue queue) {
    }

    private final Map<String, Lane> subshells = new ConcurrentHashMap<>();
    private final ExecutorService beside = DaemonThreads.single("beside");
    private final CompletableFuture<Kernel> kernel;
    private final Lane main;
    private final Replies replies;
    private final Map<String, BiFunction<Message, Lane, ObjectNode>> inOrder;
    private final Map<String, Function<Message, ObjectNode>> atOnce;

    /**
     * @param inOrder makes the replies to what the shells answer one after the other
     * @param atOnce  makes the replies to what is answered beside a running cell
     */
    Shells(CompletableFuture<Kernel> kernel, Replies replies, Map<String, BiFunction<Message, Lane, ObjectNode>> inOrder,
            Map<String, Function<Message, ObjectNode>> atOnce) {
        this.kernel = kernel;
        this.replies = replies;
        this.inOrder = inOrder;
        this.atOnce = atOnce;
        this.main = new Lane(kernel.thenApply(Kernel::main), new ShellQueue("shell"));
    }

    /** Answers a request on the shell channel when its turn comes. */
    void received(Message request) {
        Lane lane = request.subshell() == null ? main : subshells.get(request.subshell());
        if (lane == null) {
            beside.execute(() -> replies.answer(Channel.SHELL, request, any -> unknown(request.subshell())));
        } else if (inOrder.containsKey(request.type())) {
            lane.queue.add(() -> replies.answer(Channel.SHELL, request, each -> inOrder.get(each.type()).apply(each, lane)));
        } else {
            beside.execute(() -> {
                lane.queue.awaitTurn();
                replies.answer(Channel.SHELL, request, atOnce.get(request.type()));
            });
        }
    }

    ObjectNode create(Message request) {
        String id = UUID.randomUUID().toString();
        Shell shell = kernel.join().newShell();
        subshells.put(id, new Lane(CompletableFuture.completedFuture(shell), new ShellQueue("subshell " + id)));
        return Message.newObject().put("status", "ok").put("subshell_id", id);
    }

    ObjectNode list(Message request) {
        ObjectNode reply = Message.newObject().put("status", "ok");
        subshells.keySet().forEach(reply.putArray("subshell_id")::add);
        return reply;
    }

    ObjectNode delete(Message request) {
        String id = request.content().path("subshell_id").asText();
        Lane lane = subshells.remove(id);
        if (lane == null) {
            return unknown(id);
        }
        lane.queue.close();
        kernel.join().delete(lane.shell.join());
        return Message.newObject().put("status", "ok");
    }

    /** Aborts what waits. */
    @Override
    public void close() {
        subshells.values().forEach(lane -> lane.queue.close());
        main.queue.close();
        beside.shutdown();
    }

    /** Waits until the last replies are sent, at most so long. */
    void awaitEnd(long millis) throws InterruptedException {
        main.queue.awaitEnd(millis);
        beside.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }

    private static ObjectNode unknown(String id) {
        String message = "there is no subshell '" + id + "'; list_subshell_request names those that there are";
        return IopubOutputs.failedReply(new CellFailure("UnknownSubshell", message, List.of(message)));
    }
}
