package dev.retort.kernel.wire;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What waits to be sent on one channel. It takes whatever comes; who sends much waits for room first. */
final class Outbox {
    /** So much may wait; some messages more are in ZeroMQ's hands. */
    private static final long ROOM_BYTES = 32L << 20;

    /** By what they tell the latest of, each message else by itself. */
    private final Map<Object, List<byte[]>> waiting = new LinkedHashMap<>();
    private List<byte[]> first;
    private long bytes;
    private boolean closed;

    void add(List<byte[]> frames) {
        add(new Object(), frames);
    }

    /** Adds a message, and drops one of the same subject that still waits. */
    synchronized void add(Object subject, List<byte[]> frames) {
        List<byte[]> outdated = waiting.remove(subject);
        waiting.put(subject, frames);
        bytes += size(frames) - (outdated == null ? 0 : size(outdated));
    }

    /** The message to send next, which stays here; null if there is none. */
    synchronized List<byte[]> first() {
        Iterator<List<byte[]>> messages = waiting.values().iterator();
        if (first == null && messages.hasNext()) {
            first = messages.next();
            messages.remove();
        }
        return first;
    }

    /** The first message is sent. */
    synchronized void removeFirst() {
        bytes -= size(first);
        first = null;
        notifyAll();
    }

    /** Waits until there is room for more. */
    synchronized void awaitRoom() throws InterruptedException {
        while (bytes > ROOM_BYTES && !closed) {
            wait();
        }
    }

    /** Nobody waits any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private static long size(List<byte[]> frames) {
        return frames.stream().mapToLong(frame -> frame.length).sum();
    }
}
