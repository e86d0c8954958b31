package dev.retort.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

@Timeout(60)
class WireTest {
    private static final String LARGE = "x".repeat(1 << 20);

    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private Connection connection;
    private Wire wire;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        connection = Connection.read(Client.connectionFile(folder, "secret"));
        wire = new Wire(connection, System.err);
        wire.start((channel, message) -> received.add(message));
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void whoPublishesMoreThanIsReadWaitsAndNothingIsLost() throws Exception {
        try (ZContext context = new ZContext()) {
            ZMQ.Socket slow = context.createSocket(SocketType.SUB);
            slow.setRcvHWM(1);
            slow.setLinger(0);
            slow.subscribe("");
            slow.connect(connection.address(Channel.IOPUB));
            slow.recv(); // It is subscribed.
            while (slow.hasReceiveMore()) {
                slow.recv();
            }
            int sent = publishUntilItMustWait();
            assertThat(answersOnShell()).as("other channels go on").isTrue();
            for (int i = 0; i < sent; i++) {
                assertThat(text(slow)).startsWith("\"" + i + " x").endsWith("x\"");
            }
            wire.awaitRoom();
        }
    }

    @Test
    void whoWaitsForRoomCanBeInterrupted() throws Exception {
        try (ZContext context = new ZContext()) {
            ZMQ.Socket deaf = context.createSocket(SocketType.SUB);
            deaf.setRcvHWM(1);
            deaf.setLinger(0);
            deaf.subscribe("");
            deaf.connect(connection.address(Channel.IOPUB));
            deaf.recv();
            publishUntilItMustWait();
            Thread.currentThread().interrupt();
            assertThatThrownBy(wire::awaitRoom).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void onlyTheAddressOfTheFileIsListenedOn() {
        for (Channel channel : Channel.values()) {
            int port = connection.ports().get(channel);
            assertThat(connects("127.0.0.1", port)).as("127.0.0.1, " + channel).isTrue();
            assertThat(connects("127.0.0.2", port)).as("127.0.0.2, " + channel).isFalse();
        }
    }

    @Test
    void frontEndThatConnectsAgainIsHeardBeforeItsOldConnectionIsGone() throws Exception {
        try (Client before = new Client(connection)) {
            before.send(Channel.SHELL, "kernel_info_request", Message.newObject());
            assertThat(received.poll(30, TimeUnit.SECONDS)).isNotNull();
            try (Client again = new Client(connection)) {
                Message request = again.send(Channel.SHELL, "kernel_info_request", Message.newObject());
                assertThat(received.poll(30, TimeUnit.SECONDS).id()).isEqualTo(request.id());
            }
        }
    }

    @Test
    void frameThatIsTooLongEndsItsConnectionOnly() throws Exception {
        try (ZContext context = new ZContext(); Client honest = new Client(connection)) {
            ZMQ.Socket greedy = context.createSocket(SocketType.DEALER);
            greedy.setLinger(0);
            greedy.connect(connection.address(Channel.SHELL));
            greedy.send(new byte[65 << 20]);
            Message request = honest.send(Channel.SHELL, "kernel_info_request", Message.newObject());
            assertThat(received.poll(30, TimeUnit.SECONDS).id()).isEqualTo(request.id());
        }
    }

    @Test
    void bytesThatAreNotOfTheProtocolAreSurvived() throws Exception {
        for (Channel channel : Channel.values()) {
            try (Socket socket = new Socket("127.0.0.1", connection.ports().get(channel)); OutputStream out = socket.getOutputStream()) {
                out.write("GET / HTTP/1.1\r\n\r\n".repeat(1000).getBytes());
            } catch (IOException e) {
                // The kernel may hang up while this end still talks.
            }
        }
        assertThat(answersOnShell()).isTrue();
    }

    private int publishUntilItMustWait() throws Exception {
        int[] sent = {0};
        Thread publisher = new Thread(() -> {
            try {
                while (true) {
                    wire.awaitRoom();
                    wire.send(Channel.IOPUB, Message.published("stream", Message.newObject(),
                            Message.newObject().put("text", sent[0]++ + " " + LARGE)));
                }
            } catch (InterruptedException e) {
                // As many as there is room for.
            }
        });
        publisher.start();
        while (publisher.getState() != Thread.State.WAITING) {
            Thread.sleep(10);
        }
        publisher.interrupt();
        publisher.join();
        return sent[0];
    }

    private boolean answersOnShell() throws Exception {
        try (Client client = new Client(connection)) {
            client.send(Channel.SHELL, "kernel_info_request", Message.newObject());
            return received.poll(30, TimeUnit.SECONDS) != null && client.heartbeat();
        }
    }

    /** The text of the next message. */
    private static String text(ZMQ.Socket socket) {
        byte[] last = socket.recv();
        while (socket.hasReceiveMore()) {
            last = socket.recv();
        }
        return new String(last).replaceFirst("\\{\"text\":", "").replaceFirst("}$", "");
    }

    private static boolean connects(String address, int port) {
        try (Socket socket = new Socket(InetAddress.getByName(address), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
