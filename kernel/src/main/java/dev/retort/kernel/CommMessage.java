package dev.retort.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What an object of a cell and its counterpart in a front end tell each other.
 *
 * @param type     {@code comm_open}, {@code comm_msg} or {@code comm_close}
 * @param content  {@code comm_id}, {@code data}, and the {@code target_name} of one that opens
 * @param metadata seldom used
 * @param buffers  raw bytes
 */
public record CommMessage(String type, ObjectNode content, ObjectNode metadata, List<byte[]> buffers) {
    static final String OPEN = "comm_open";
    static final String MESSAGE = "comm_msg";
    static final String CLOSE = "comm_close";
}
