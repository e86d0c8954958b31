package dev.retort.kernel.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A front end as Jupyter's are: real sockets on the loopback interface, signed messages. */
public final class Client implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ATTEMPT_MILLIS = 500;

    private final Connection connection;
    private final Codec codec;
    private final ZContext context = new ZContext();
    private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
    private final Map<Channel, List<Message>> passedOver = new EnumMap<>(Channel.class);

    public Client(Connection connection) {
        this(connection, "client", EnumSet.allOf(Channel.class));
    }

    /** One that has connected some channels only. */
    public Client(Connection connection, String identity, Set<Channel> connected) {
        this.connection = connection;
        codec = new Codec(connection.key());
        for (Channel channel : Channel.values()) {
            SocketType type = switch (channel) {
                case IOPUB -> SocketType.SUB;
                case HEARTBEAT -> SocketType.REQ;
                default -> SocketType.DEALER;
            };
            ZMQ.Socket socket = context.createSocket(type);
            socket.setHWM(0);
            socket.setReceiveTimeOut(ATTEMPT_MILLIS);
            if (channel != Channel.IOPUB && channel != Channel.HEARTBEAT) {
                socket.setIdentity(identity.getBytes());
            }
            if (channel == Channel.IOPUB) {
                socket.subscribe("");
            }
            sockets.put(channel, socket);
            passedOver.put(channel, new LinkedList<>());
        }
        connected.forEach(this::connect);
    }

    /** Connects a channel that is not connected yet. */
    public void connect(Channel channel) {
        sockets.get(channel).connect(connection.address(channel));
    }

    /** On a channel that is not connected yet, the kernel has to keep what this front end has not read. */
    public void takeOneAtATime(Channel channel) {
        sockets.get(channel).setRcvHWM(1);
    }

    /** Writes a connection file with free ports of the loopback interface. */
    public static Path connectionFile(Path folder, String key) throws IOException {
        Path file = folder.resolve("connection.json");
        Connection.onLoopback(key).save(file);
        return file;
    }

    /** Sends a request and returns it. */
    public Message send(Channel channel, String type, ObjectNode content) {
        return send(channel, request(type, content));
    }

    /** Sends a request and returns it. */
    public Message send(Channel channel, Message request) {
        sendFrames(channel, codec.encode(request));
        return request;
    }

    /** Sends whatever it is given. */
    public void sendFrames(Channel channel, List<byte[]> frames) {
        ZMQ.Socket socket = sockets.get(channel);
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    /** A request that is not sent yet. */
    public static Message request(String type, ObjectNode content) {
        return request(type, content, null);
    }

    /** A request to a subshell that is not sent yet. */
    public static Message request(String type, ObjectNode content, String subshell) {
        Message message = Message.published(type, Message.newObject(), content);
        message.header().put("subshell_id", subshell); // Null for the main shell, as Jupyter's own clients write it.
        return new Message(List.of(), message.header(), message.parent(), message.metadata(), content, List.of());
    }

    private Message receive(Channel channel) {
        List<byte[]> frames = frames(channel);
        try {
            Message message = codec.decode(frames);
            Schema.check(message);
            return message;
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    private List<byte[]> frames(Channel channel) {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; wakeConnecting()) {
            List<byte[]> frames = Frames.receive(sockets.get(channel));
            if (frames != null) {
                return frames;
            }
        }
        throw new AssertionError("nothing came on " + channel + " within " + PATIENCE);
    }

    /**
     * JeroMQ's poller may overlook a connection that it has just made, until it is given another socket or has more to send: the key
     * of the pending connection is cancelled after the established one took it over. Kernels, which do not connect, are not concerned.
     */
    void wakeConnecting() {
        try (ZMQ.Socket other = context.createSocket(SocketType.PAIR)) {
            other.bindToRandomPort("tcp://127.0.0.1");
        }
    }

    /** The next message of a channel that answers {@code request}; those of others are kept for later. */
    public Message receive(Channel channel, Message request) {
        return receive(channel, message -> message.parent().path("msg_id").asText().equals(request.id()));
    }

    /** The next message of a channel that {@code wanted} accepts; others are kept for later. */
    public Message receive(Channel channel, Predicate<Message> wanted) {
        List<Message> kept = passedOver.get(channel);
        for (Iterator<Message> earlier = kept.iterator(); earlier.hasNext();) {
            Message message = earlier.next();
            if (wanted.test(message)) {
                earlier.remove();
                return message;
            }
        }
        while (true) {
            Message message = receive(channel);
            if (wanted.test(message)) {
                return message;
            }
            kept.add(message);
        }
    }

    /** What was published for a request, up to {@code idle}. */
    public List<Message> published(Message request) {
        List<Message> messages = new ArrayList<>();
        while (true) {
            Message message = receive(Channel.IOPUB, request);
            messages.add(message);
            if (message.content().path("execution_state").asText().equals("idle")) {
                return messages;
            }
        }
    }

    /** Waits until the kernel says that what it publishes is heard. */
    public void awaitWelcome() {
        receive(Channel.IOPUB, message -> message.type().equals("iopub_welcome"));
    }

    /** Whether the kernel echoes. */
    public boolean heartbeat() {
        sendFrames(Channel.HEARTBEAT, List.of("ping".getBytes()));
        return new String(frames(Channel.HEARTBEAT).get(0)).equals("ping");
    }

    /** The bytes that a message travels as. */
    public List<byte[]> encode(Message message) {
        return codec.encode(message);
    }

    @Override
    public void close() {
        context.close();
    }
}
