package dev.retort.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import dev.retort.kernel.wire.Wire;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * The outputs of one request, published to all front ends.
 *
 * @param request the header of the request that they belong to
 * @param payload what goes with the reply
 */
record IopubOutputs(Wire wire, ObjectNode request, ArrayNode payload) implements Outputs {
    IopubOutputs(Wire wire, ObjectNode request) {
        this(wire, request, Message.newObject().arrayNode());
    }

    /** Tells whether the kernel works on the request. */
    void status(String state) {
        publish("status", Message.newObject().put("execution_state", state));
    }

    /** Tells other front ends what this one executes. */
    void input(int executionCount, String code) {
        publish("execute_input", Message.newObject().put("code", code).put("execution_count", executionCount));
    }

    @Override
    public void stream(String name, String text) {
        publish("stream", Message.newObject().put("name", name).put("text", text));
    }

    @Override
    public void display(DisplayData data) {
        publish("display_data", displayed(data));
    }

    @Override
    public void update(DisplayData data) {
        wire.publishLatest(data.getDisplayId(), Message.published("update_display_data", request, displayed(data)));
    }

    @Override
    public void result(int executionCount, DisplayData data) {
        publish("execute_result", displayed(data).put("execution_count", executionCount));
    }

    @Override
    public void error(CellFailure failure) {
        publish("error", failed(failure));
    }

    @Override
    public void clear(boolean wait) {
        publish("clear_output", Message.newObject().put("wait", wait));
    }

    @Override
    public void page(DisplayData data) {
        payload.addObject().put("source", "page").put("start", 0).set("data", MimeBundle.of(data).data());
    }

    @Override
    public void comm(CommMessage message) {
        wire.send(Channel.IOPUB, Message.published(message.type(), request, message.metadata(), message.content(), message.buffers()));
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        wire.awaitRoom();
    }

    /** The content of a reply that says what failed. */
    static ObjectNode failedReply(CellFailure failure) {
        return failed(failure).put("status", "error");
    }

    /** The fields that an {@code error} message and a failed reply share. */
    private static ObjectNode failed(CellFailure failure) {
        ObjectNode content = Message.newObject().put("ename", failure.name()).put("evalue", failure.message());
        failure.traceback().forEach(content.putArray("traceback")::add);
        return content;
    }

    private static ObjectNode displayed(DisplayData data) {
        MimeBundle bundle = MimeBundle.of(data);
        ObjectNode content = Message.newObject();
        content.set("data", bundle.data());
        content.set("metadata", bundle.metadata());
        ObjectNode hidden = content.putObject("transient");
        if (bundle.displayId() != null) {
            hidden.put("display_id", bundle.displayId());
        }
        return content;
    }

    void publish(String type, ObjectNode content) {
        wire.send(Channel.IOPUB, Message.published(type, request, content));
    }
}
