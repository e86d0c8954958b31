package dev.retort.kernel.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a connection file says: where to listen, and the key that honest messages are signed with.
 *
 * @param ip    the address to bind to
 * @param ports the port of each channel
 * @param key   the key of the signatures; empty if messages are not signed
 */
public record Connection(String ip, Map<Channel, Integer> ports, String key) {
    private static final String SCHEME = "hmac-sha256";
    private static final String TRANSPORT = "tcp";

    /**
     * Reads a connection file.
     *
     * @throws IOException if it cannot be read, lacks a field, or wants a signature other than HMAC-SHA256 or another transport
     *                     than TCP
     */
    public static Connection read(Path file) throws IOException {
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        String scheme = json.path("signature_scheme").asText(SCHEME);
        String key = text(file, json, "key");
        if (!key.isEmpty() && !scheme.equals(SCHEME)) {
            throw new IOException(file + " wants signatures by '" + scheme + "'; this kernel makes '" + SCHEME + "'");
        }
        String transport = text(file, json, "transport");
        if (!transport.equals(TRANSPORT)) {
            // JeroMQ would listen on a TCP port of its own choice, where no client looks.
            throw new IOException(file + " wants the transport '" + transport + "'; this kernel has '" + TRANSPORT + "'");
        }
        Map<Channel, Integer> ports = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            ports.put(channel, Integer.valueOf(text(file, json, channel.portField())));
        }
        return new Connection(text(file, json, "ip"), ports, key);
    }

    /** A connection on ports of the loopback interface that are free now. */
    public static Connection onLoopback(String key) throws IOException {
        Map<Channel, Integer> ports = new EnumMap<>(Channel.class);
        List<ServerSocket> taken = new ArrayList<>(); // Held until all are found, or the same might be found twice.
        try {
            for (Channel channel : Channel.values()) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                taken.add(socket);
                ports.put(channel, socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : taken) {
                socket.close();
            }
        }
        return new Connection(InetAddress.getLoopbackAddress().getHostAddress(), ports, key);
    }

    /** Writes a file that says this; returns this. */
    public Connection save(Path file) throws IOException {
        ObjectNode json = Message.newObject().put("transport", TRANSPORT).put("ip", ip).put("key", key).put("signature_scheme", SCHEME);
        Files.writeString(file, putPorts(json).toString());
        return this;
    }

    /** Adds the ports, under the names that they have in a connection file; returns what they are added to. */
    public ObjectNode putPorts(ObjectNode json) {
        ports.forEach((channel, port) -> json.put(channel.portField(), port));
        return json;
    }

    /** The address of a channel, as ZeroMQ writes it. */
    String address(Channel channel) {
        return TRANSPORT + "://" + ip + ":" + ports.get(channel);
    }

    private static String text(Path file, JsonNode json, String field) throws IOException {
        if (!json.hasNonNull(field)) {
            throw new IOException(file + " is no connection file: it has no field '" + field + "'");
        }
        return json.get(field).asText();
    }
}
