package dev.retort.kernel.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One message of the protocol.
 *
 * @param identities routes a reply back to its sender; the topic, if it is published
 * @param header     its type, id, session and time
 * @param parent     the header of the message that it answers, empty if none
 * @param metadata   seldom used
 * @param content    what the type prescribes
 * @param buffers    raw bytes
 */
public record Message(List<byte[]> identities, ObjectNode header, ObjectNode parent, ObjectNode metadata, ObjectNode content,
        List<byte[]> buffers) {
    /** The version of the protocol that this kernel speaks. */
    public static final String PROTOCOL_VERSION = "5.5";
    private static final String SESSION = UUID.randomUUID().toString();

    /** A message to the sender of this one. */
    public Message reply(String type, ObjectNode content) {
        return new Message(identities, newHeader(type), header, newObject(), content, List.of());
    }

    /** A message to all who listen. */
    public static Message published(String type, ObjectNode parent, ObjectNode content) {
        return published(type, parent, newObject(), content, List.of());
    }

    /** A message with metadata and raw bytes to all who listen. */
    public static Message published(String type, ObjectNode parent, ObjectNode metadata, ObjectNode content, List<byte[]> buffers) {
        byte[] topic = type.getBytes(StandardCharsets.UTF_8);
        return new Message(List.of(topic), newHeader(type), parent, metadata, content, buffers);
    }

    /** The answer to a subscription of iopub. */
    static Message welcome(byte[] topic) {
        ObjectNode content = newObject().put("subscription", new String(topic, StandardCharsets.UTF_8));
        return new Message(List.of(topic), newHeader("iopub_welcome"), newObject(), newObject(), content, List.of());
    }

    /** An empty JSON object. */
    public static ObjectNode newObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Its type, such as {@code execute_request}. */
    public String type() {
        return header.path("msg_type").asText();
    }

    /** Its id. */
    public String id() {
        return header.path("msg_id").asText();
    }

    /** The id of the subshell that it is for; null for the main shell. */
    public String subshell() {
        return header.path("subshell_id").textValue();
    }

    private static ObjectNode newHeader(String type) {
        return newObject()
                .put("msg_id", UUID.randomUUID().toString())
                .put("session", SESSION)
                .put("username", "kernel")
                .put("date", Instant.now().toString())
                .put("msg_type", type)
                .put("version", PROTOCOL_VERSION);
    }
}
