package dev.retort.kernel.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns messages into frames and back: identities, a delimiter, the signature, four JSON objects, and raw buffers. */
final class Codec {
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

    private final ObjectMapper json = new ObjectMapper();
    private final Signatures signatures;

    /** @param key of the signatures; empty if messages are not signed */
    Codec(String key) {
        signatures = new Signatures(key);
    }

    /** The frames of a message. */
    List<byte[]> encode(Message message) {
        List<byte[]> parts = List.of(bytes(message.header()), bytes(message.parent()), bytes(message.metadata()),
                bytes(message.content()));
        List<byte[]> frames = new ArrayList<>(message.identities());
        frames.add(DELIMITER);
        frames.add(signatures.sign(parts));
        frames.addAll(parts);
        frames.addAll(message.buffers());
        return frames;
    }

    /**
     * The message in the frames.
     *
     * @throws MalformedMessageException if it is none, its signature is wrong, or it came before
     */
    Message decode(List<byte[]> frames) throws MalformedMessageException {
        int delimiter = 0;
        while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
            delimiter++;
        }
        if (frames.size() < delimiter + 6) {
            throw new MalformedMessageException("it has " + frames.size() + " frames, too few for a message");
        }
        List<byte[]> parts = frames.subList(delimiter + 2, delimiter + 6);
        signatures.verify(parts, frames.get(delimiter + 1));
        Message message = new Message(List.copyOf(frames.subList(0, delimiter)), object(parts.get(0)), object(parts.get(1)),
                object(parts.get(2)), object(parts.get(3)), List.copyOf(frames.subList(delimiter + 6, frames.size())));
        if (message.type().isEmpty() || message.id().isEmpty()) {
            throw new MalformedMessageException("its header has no msg_type or no msg_id");
        }
        return message;
    }

    private byte[] bytes(JsonNode node) {
        try {
            return json.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
        }
    }

    private ObjectNode object(byte[] bytes) throws MalformedMessageException {
        try {
            if (json.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
            throw new MalformedMessageException("a part of it is no JSON object");
        } catch (IOException e) {
            throw new MalformedMessageException("a part of it is no JSON");
        }
    }
}
