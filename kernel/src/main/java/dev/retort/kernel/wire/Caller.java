package dev.retort.kernel.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A front end's side of the shell channel: asks, and waits for the reply. For one thread. */
public final class Caller implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final ZContext context = new ZContext();
    private final ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
    private final Codec codec;

    public Caller(Connection connection) {
        codec = new Codec(connection.key());
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        socket.connect(connection.address(Channel.SHELL));
    }

    /**
     * The reply to a request.
     *
     * @throws IOException if none comes within a minute, or what comes is no message
     */
    public Message ask(String type, ObjectNode content) throws IOException {
        List<byte[]> request = codec.encode(Message.published(type, Message.newObject(), content));
        Frames.send(socket, request.subList(1, request.size())); // Without the topic.
        List<byte[]> reply = Frames.receive(socket);
        if (reply == null) {
            throw new IOException("no reply to " + type + " within " + PATIENCE_MILLIS + " ms");
        }
        try {
            return codec.decode(reply);
        } catch (MalformedMessageException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
