package dev.retort.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommFactory;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
import org.dflib.jjava.jupyter.messages.comm.CommOpenCommand;

/**
 * The comms of cells and libraries, by the contract of the IJava line: who registers a target hears of the comms that front ends
 * open there; what is sent becomes an output of the cell that sends it. The line's own sockets are not used.
 */
final class Comms extends CommManager {
    private static final Method ON_CLOSE = onClose();

    private final Kernel kernel;

    /** Made when it is needed: most notebooks open no comm. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    Comms(Kernel kernel) {
        this.kernel = kernel;
        targets = new ConcurrentHashMap<>();
        comms = new ConcurrentHashMap<>();
    }

    /** Passes on what a front end says; one that opens an unknown target is closed. Runs the code of libraries and cells. */
    void received(CommMessage message) {
        String id = message.content().path("comm_id").asText();
        JsonObject data = data(message.content());
        switch (message.type()) {
            case CommMessage.OPEN -> open(message, id, data);
            case CommMessage.MESSAGE -> handleCommMsgCommand(new Silence(),
                    lines(message, CommMsgCommand.MESSAGE_TYPE, new CommMsgCommand(id, data)));
            default -> handleCommCloseCommand(new Silence(),
                    lines(message, CommCloseCommand.MESSAGE_TYPE, new CommCloseCommand(id, data)));
        }
    }

    /** The reply to {@code comm_info_request}: the open comms, of a target if the request names one. */
    ObjectNode info(ObjectNode request) {
        String target = request.path("target_name").textValue();
        ObjectNode reply = JsonNodeFactory.instance.objectNode().put("status", "ok");
        ObjectNode found = reply.putObject("comms");
        for (Comm comm : this) {
            if (target == null || target.equals(comm.getTargetName())) {
                found.putObject(comm.getID()).put("target_name", comm.getTargetName());
            }
        }
        return reply;
    }

    @Override
    public <T extends Comm> T openComm(String target, CommFactory<T> factory) {
        String id = UUID.randomUUID().toString();
        Message<CommOpenCommand> message = new Message<>(new Header<>(CommOpenCommand.MESSAGE_TYPE),
                new CommOpenCommand(id, target, new JsonObject()));
        T comm = factory.produce(this, id, target, message);
        registerComm(comm);
        ObjectNode content = content(id, message.getContent().getData()).put("target_name", target);
        publish(CommMessage.OPEN, content, message.getMetadata(), message.getBlobs());
        return comm;
    }

    @Override
    public void messageComm(String id, JsonObject data, Map<String, Object> metadata, List<byte[]> buffers) {
        publish(CommMessage.MESSAGE, content(id, data), metadata, buffers);
    }

    @Override
    public void closeComm(Comm comm) {
        JsonObject none = new JsonObject();
        publish(CommMessage.CLOSE, content(comm.getID(), none), null, null);
        unregisterComm(comm.getID());
        Message<CommCloseCommand> message = new Message<>(new Header<>(CommCloseCommand.MESSAGE_TYPE),
                new CommCloseCommand(comm.getID(), none));
        try {
            ON_CLOSE.invoke(comm, message, true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the comm of '" + comm.getTargetName() + "' failed to close", e.getCause());
        }
    }

    private void open(CommMessage message, String id, JsonObject data) {
        String target = message.content().path("target_name").asText();
        try {
            handleCommOpenCommand(new Silence(),
                    lines(message, CommOpenCommand.MESSAGE_TYPE, new CommOpenCommand(id, target, data)));
        } finally {
            if (getCommByID(id) == null) {
                publish(CommMessage.CLOSE, content(id, new JsonObject()), null, null);
            }
        }
    }

    private void publish(String type, ObjectNode content, Map<String, Object> metadata, List<byte[]> buffers) {
        CommMessage message = new CommMessage(type, content,
                metadata == null ? JsonNodeFactory.instance.objectNode() : Json.MAPPER.valueToTree(metadata),
                buffers == null ? List.of() : List.copyOf(buffers));
        kernel.emit(outputs -> outputs.comm(message));
    }

    private static <T> Message<T> lines(CommMessage message, MessageType<T> type, T content) {
        Map<String, Object> metadata = Json.MAPPER.convertValue(message.metadata(),
                Json.MAPPER.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
        return new Message<>(new Header<>(type), content, metadata, message.buffers());
    }

    private static ObjectNode content(String id, JsonObject data) {
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("comm_id", id);
        try {
            content.set("data", Json.MAPPER.readTree(data.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content;
    }

    private static JsonObject data(ObjectNode content) {
        JsonNode data = content.path("data");
        return data.isObject() ? JsonParser.parseString(data.toString()).getAsJsonObject() : new JsonObject();
    }

    /** The line lets only its own package tell a comm that this side closes it. */
    private static Method onClose() {
        try {
            Method method = Comm.class.getDeclaredMethod("onClose", Message.class, boolean.class);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The line tells the state of the kernel and closes unknown comms through this; here that is done elsewhere. */
    private static final class Silence extends ShellReplyEnvironment {
        Silence() {
            super(null, null, null, null);
        }

        @Override
        public <T extends ContentType<T>> void publish(T content) {
            // Nothing to add.
        }
    }
}
