package dev.retort.kernel.wire;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The sockets of a kernel. One thread owns them all; the others leave what they send in a queue and wake it, for ZeroMQ's
 * sockets are not thread-safe and break when their thread is interrupted, as a cell's is.
 *
 * <p>Nothing published is dropped but what a {@linkplain #publishLatest later message} makes needless: what a slow front end has not
 * yet read is kept, and who prints much can {@linkplain #awaitRoom wait} for it. What is no message, has a wrong signature or is replayed costs a line in a log and is
 * never acted upon.
 */
public final class Wire implements AutoCloseable {
    /** Hears what front ends send. Called on the thread of the sockets: must return at once. */
    @FunctionalInterface
    public interface Listener {
        /** @param channel the one that the message came on: shell, control or stdin */
        void received(Channel channel, Message message);
    }

    private static final int LINGER_MILLIS = 1000;
    /** A longer frame ends the connection it comes on. */
    private static final long MAX_FRAME_BYTES = 64L << 20;
    /** So many messages of iopub are in ZeroMQ's hands for each front end. A flood of text comes in messages of 64 kB. */
    private static final int MAX_IN_FLIGHT = 100;
    /** When to try again to send to a front end that is behind or not there yet, of which ZeroMQ tells nothing. */
    private static final int RETRY_MILLIS = 5;
    /** A front end may connect stdin so much later than shell: it tries again only after a while if it was there before the kernel. */
    private static final long QUESTION_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private record Question(List<byte[]> frames, long deadline, Runnable unheard) {
    }

    private final ZContext context = new ZContext();
    private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
    private final Map<Channel, Outbox> outgoing = new EnumMap<>(Channel.class);
    private final Outbox welcomes = new Outbox();
    private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Pipe wakeUp;
    private final Codec codec;
    private Listener listener;
    private final PrintStream log;
    private final Thread thread = new Thread(this::run, "wire");
    private volatile boolean closing;

    /**
     * Binds the sockets where {@code connection} says, and nowhere else.
     *
     * @param log gets a line for each message that is not acted upon
     * @throws IOException if an address cannot be bound
     */
    public Wire(Connection connection, PrintStream log) throws IOException {
        this.log = log;
        this.codec = new Codec(connection.key());
        this.wakeUp = Pipe.open();
        wakeUp.source().configureBlocking(false);
        wakeUp.sink().configureBlocking(false); // So that the interrupt of a thread that wakes does not close the pipe.
        for (Channel channel : Channel.values()) {
            sockets.put(channel, bind(channel, connection.address(channel)));
            outgoing.put(channel, new Outbox());
        }
    }

    /** Starts to listen, and to send. */
    public void start(Listener listener) {
        this.listener = listener;
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends a message, from any thread; does not wait. */
    public void send(Channel channel, Message message) {
        outgoing.get(channel).add(codec.encode(message));
        wake();
    }

    /**
     * Sends a question on stdin, from any thread; does not wait.
     *
     * @param unheard runs if the front end has not connected its stdin after some seconds; must return at once
     */
    public void ask(Message question, Runnable unheard) {
        questions.add(new Question(codec.encode(question), System.nanoTime() + QUESTION_PATIENCE_NANOS, unheard));
        wake();
    }

    /** Publishes what makes an earlier message of the same subject needless: that is dropped, if the front ends have left it waiting. */
    public void publishLatest(String subject, Message message) {
        outgoing.get(Channel.IOPUB).add(subject, codec.encode(message));
        wake();
    }

    /** Waits while the front ends are far behind with what is published. */
    public void awaitRoom() throws InterruptedException {
        outgoing.get(Channel.IOPUB).awaitRoom();
    }

    /** Sends what is still to be sent, and lets the addresses go. */
    @Override
    public void close() {
        closing = true;
        outgoing.values().forEach(Outbox::close);
        wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ZMQ.Socket bind(Channel channel, String address) throws IOException {
        ZMQ.Socket socket = context.createSocket(channel.socketType());
        socket.setHWM(0);
        if (channel == Channel.IOPUB) {
            socket.setXpubVerbose(true);
            socket.setSndHWM(MAX_IN_FLIGHT);
            socket.setXpubNoDrop(true);
        }
        if (channel.socketType() == SocketType.ROUTER) {
            socket.setRouterHandover(true); // A front end that connects again comes before its old connection is gone.
        }
        if (channel == Channel.STDIN) {
            socket.setRouterMandatory(true); // Or a question to a front end that is not connected yet would be dropped.
        }
        socket.setMaxMsgSize(MAX_FRAME_BYTES);
        socket.setLinger(LINGER_MILLIS);
        try {
            socket.bind(address);
        } catch (ZMQException e) {
            context.close();
            throw new IOException("cannot listen on " + address + " for " + channel + ": " + e.getMessage(), e);
        }
        return socket;
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            try {
                wakeUp.sink().write(ByteBuffer.allocate(1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void run() {
        try (context; ZMQ.Poller poller = context.createPoller(Channel.values().length + 1)) {
            for (Channel channel : Channel.values()) {
                poller.register(sockets.get(channel), ZMQ.Poller.POLLIN);
            }
            poller.register(wakeUp.source(), ZMQ.Poller.POLLIN);
            boolean allSent = true;
            while (!closing) {
                try {
                    poller.poll(allSent ? -1 : RETRY_MILLIS);
                    receiveAll(poller);
                    allSent = sendAll();
                } catch (OutOfMemoryError e) {
                    allSent = false; // A cell fills the memory; it will fail, too.
                }
            }
            sendAll();
        }
    }

    private void receiveAll(ZMQ.Poller poller) {
        for (Channel channel : Channel.values()) {
            if (channel != Channel.IOPUB && poller.pollin(channel.ordinal())) {
                receive(channel);
            }
        }
    }

    /** Whether nothing is left to be sent. */
    private boolean sendAll() {
        try {
            ByteBuffer signs = ByteBuffer.allocate(16);
            wakeUp.source().read(signs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        woken.set(false); // Before the outboxes are read: what is added after this wakes the thread again.
        boolean allSent = publishAll();
        for (Channel channel : Channel.values()) {
            if (channel != Channel.IOPUB) {
                allSent &= sendAll(sockets.get(channel), outgoing.get(channel));
            }
        }
        return allSent & sendQuestions();
    }

    /** A front end is welcomed before it hears anything else. */
    private boolean publishAll() {
        Outbox published = outgoing.get(Channel.IOPUB);
        boolean sent = welcomeAll();
        while (sent && published.first() != null) {
            sent = sendFirst(sockets.get(Channel.IOPUB), published) && welcomeAll();
        }
        return sent;
    }

    private boolean welcomeAll() {
        ZMQ.Socket iopub = sockets.get(Channel.IOPUB);
        while ((iopub.getEvents() & ZMQ.Poller.POLLIN) != 0) {
            welcome(Frames.receive(iopub).get(0));
        }
        return sendAll(iopub, welcomes);
    }

    /** One that cannot be sent yet does not hold up those to other front ends. */
    private boolean sendQuestions() {
        questions.removeIf(question -> {
            if (Frames.send(sockets.get(Channel.STDIN), question.frames())) {
                return true;
            }
            boolean late = System.nanoTime() - question.deadline() > 0;
            if (late) {
                question.unheard().run();
            }
            return late;
        });
        return questions.isEmpty();
    }

    private static boolean sendAll(ZMQ.Socket socket, Outbox outbox) {
        boolean sent = true;
        while (sent && outbox.first() != null) {
            sent = sendFirst(socket, outbox);
        }
        return sent;
    }

    private static boolean sendFirst(ZMQ.Socket socket, Outbox outbox) {
        boolean sent = Frames.send(socket, outbox.first());
        if (sent) {
            outbox.removeFirst();
        }
        return sent;
    }

    private void receive(Channel channel) {
        ZMQ.Socket socket = sockets.get(channel);
        List<byte[]> frames = Frames.receive(socket);
        if (channel == Channel.HEARTBEAT) {
            Frames.send(socket, frames);
        } else {
            deliver(channel, frames);
        }
    }

    /** Tells a front end that it will hear what is published from now on. */
    private void welcome(byte[] subscription) {
        if (subscription.length > 0 && subscription[0] == 1) {
            byte[] topic = Arrays.copyOfRange(subscription, 1, subscription.length);
            welcomes.add(codec.encode(Message.welcome(topic)));
        }
    }

    private void deliver(Channel channel, List<byte[]> frames) {
        try {
            listener.received(channel, codec.decode(frames));
        } catch (MalformedMessageException e) {
            log.println("ignored what came on " + channel + ": " + e.getMessage());
        } catch (RuntimeException | Error e) {
            log.println("a message on " + channel + " could not be handled: " + e);
        }
    }
}
