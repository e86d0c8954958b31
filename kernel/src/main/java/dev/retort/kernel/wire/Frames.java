package dev.retort.kernel.wire;

import java.util.ArrayList;
import java.util.List;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/** The frames of one message, on a socket. */
final class Frames {
    private Frames() {
    }

    /**
     * Sends them, at once or not at all; returns whether they were sent. A message may be refused, and then as a whole, by iopub if
     * a front end is behind, and by stdin if it is not connected.
     */
    static boolean send(ZMQ.Socket socket, List<byte[]> frames) {
        try {
            return sendAtOnce(socket, frames);
        } catch (ZMQException e) {
            if (e.getErrorCode() == ZError.EHOSTUNREACH) {
                return false;
            }
            throw e;
        }
    }

    private static boolean sendAtOnce(ZMQ.Socket socket, List<byte[]> frames) {
        boolean sent = true;
        for (int i = 0; i < frames.size() && sent; i++) {
            sent = socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE | ZMQ.DONTWAIT : ZMQ.DONTWAIT);
        }
        return sent;
    }

    /** Those that come next, or null if none come in the time that the socket waits. */
    static List<byte[]> receive(ZMQ.Socket socket) {
        List<byte[]> frames = new ArrayList<>();
        do {
            byte[] frame = socket.recv();
            if (frame == null) {
                return null;
            }
            frames.add(frame);
        } while (socket.hasReceiveMore());
        return frames;
    }
}
