package dev.retort.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
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
            ZMQ.Socket slow = slowReader(context);
            int sent = publishUntilItMustWait();
            assertThat(answersOnShell()).as("other channels go on").isTrue();
            for (int i = 0; i < sent; i++) {
                assertThat(text(slow)).startsWith("\"" + i + " x").endsWith("x\"");
            }
            wire.awaitRoom();
        }
    }

    @Test
    void whoIsBehindGetsOnlyTheLatestOfASubject() throws Exception {
        try (ZContext context = new ZContext()) {
            ZMQ.Socket slow = slowReader(context);
            int sent = publishUntilItMustWait();
            for (String text : List.of("a 1", "b 1", "a 2", "a 3")) {
                wire.publishLatest(text.substring(0, 1), stream(text));
            }
            for (int i = 0; i < sent; i++) {
                text(slow);
            }
            assertThat(List.of(text(slow), text(slow))).containsExactly("\"b 1\"", "\"a 3\"");
        }
    }

    @Test
    void whoWaitsForRoomCanBeInterrupted() throws Exception {
        try (ZContext context = new ZContext()) {
            slowReader(context);
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
    void frontEndIsWelcomedBeforeItHearsWhatWaited(@TempDir Path folder) throws Exception {
        Connection other = Connection.read(Client.connectionFile(folder, "secret"));
        try (Wire late = new Wire(other, System.err); Client frontEnd = new Client(other)) {
            for (int i = 0; i < 5; i++) { // Then both a subscription and a message wait for the thread of the sockets.
                Thread.sleep(100);
                frontEnd.wakeConnecting();
            }
            late.send(Channel.IOPUB, Message.published("status", Message.newObject(), Message.newObject().put("execution_state", "starting")));
            late.start((channel, message) -> { });
            assertThat(frontEnd.receive(Channel.IOPUB, message -> true).type()).isEqualTo("iopub_welcome");
            assertThat(frontEnd.receive(Channel.IOPUB, message -> true).type()).isEqualTo("status");
        }
    }

    @Test
    void questionWaitsUntilTheFrontEndHasConnectedItsStdin() throws Exception {
        try (Client late = withoutStdin()) {
            Message request = late.send(Channel.SHELL, "execute_request", Message.newObject());
            wire.ask(question(received.poll(30, TimeUnit.SECONDS)), Assertions::fail);
            Thread.sleep(500);
            late.connect(Channel.STDIN);
            assertThat(late.receive(Channel.STDIN, request).type()).isEqualTo("input_request");
        }
    }

    @Test
    void questionThatNobodyHearsIsToldAndHoldsUpNoOther() throws Exception {
        try (Client deaf = withoutStdin(); Client client = new Client(connection)) {
            CountDownLatch unheard = new CountDownLatch(1);
            deaf.send(Channel.SHELL, "execute_request", Message.newObject());
            wire.ask(question(received.poll(30, TimeUnit.SECONDS)), unheard::countDown);
            Message request = client.send(Channel.SHELL, "execute_request", Message.newObject());
            wire.ask(question(received.poll(30, TimeUnit.SECONDS)), Assertions::fail);
            assertThat(client.receive(Channel.STDIN, request).type()).isEqualTo("input_request");
            assertThat(unheard.await(30, TimeUnit.SECONDS)).isTrue();
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

    private Client withoutStdin() {
        return new Client(connection, "without stdin", EnumSet.complementOf(EnumSet.of(Channel.STDIN)));
    }

    private static Message question(Message request) {
        return request.reply("input_request", Message.newObject().put("prompt", "").put("password", false));
    }

    /** A front end that has subscribed, and takes one message at a time. */
    private ZMQ.Socket slowReader(ZContext context) {
        ZMQ.Socket slow = context.createSocket(SocketType.SUB);
        slow.setRcvHWM(1);
        slow.setLinger(0);
        slow.subscribe("");
        slow.connect(connection.address(Channel.IOPUB));
        lastFrame(slow); // The welcome.
        return slow;
    }

    private static Message stream(String text) {
        return Message.published("stream", Message.newObject(), Message.newObject().put("text", text));
    }

    private int publishUntilItMustWait() throws Exception {
        int[] sent = {0};
        Thread publisher = new Thread(() -> {
            try {
                while (true) {
                    wire.awaitRoom();
                    wire.send(Channel.IOPUB, stream(sent[0]++ + " " + LARGE));
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

    /** The text of the next message that is not the welcome of another front end. */
    private static String text(ZMQ.Socket socket) {
        String content = lastFrame(socket);
        while (content.startsWith("{\"subscription")) {
            content = lastFrame(socket);
        }
        return content.replaceFirst("\\{\"text\":", "").replaceFirst("}$", "");
    }

    private static String lastFrame(ZMQ.Socket socket) {
        byte[] last = socket.recv();
        while (socket.hasReceiveMore()) {
            last = socket.recv();
        }
        return new String(last);
    }

    private static boolean connects(String address, int port) {
        try (Socket socket = new Socket(InetAddress.getByName(address), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
