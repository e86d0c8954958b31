package dev.retort.kernel.wire;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** What waits to be sent on one channel. It takes whatever comes; who sends much waits for room first. */
final class Outbox {
    /** So much may wait; some hundred messages more are in ZeroMQ's hands. */
    private static final long ROOM_BYTES = 32L << 20;

    private final Queue<List<byte[]>> messages = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    synchronized void add(List<byte[]> frames) {
        messages.add(frames);
        bytes += size(frames);
    }

    /** The message to send next, which stays here; null if there is none. */
    synchronized List<byte[]> first() {
        return messages.peek();
    }

    /** The first message is sent. */
    synchronized void removeFirst() {
        bytes -= size(messages.remove());
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
