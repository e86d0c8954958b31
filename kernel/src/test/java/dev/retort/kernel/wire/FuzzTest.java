package dev.retort.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A hundred thousand messages that no honest front end sends. */
@Timeout(300)
class FuzzTest {
    private static final int MESSAGES = 100_000;
    private static final int ROUNDS = 10;
    private static final int LINGER_MILLIS = 30_000;
    private static final List<Channel> CHANNELS = List.of(Channel.SHELL, Channel.CONTROL, Channel.STDIN);
    private static final List<String> QUICK = List.of("kernel_info_request", "history_request", "comm_info_request", "comm_open",
            "comm_msg", "comm_close", "interrupt_request", "list_subshell_request", "delete_subshell_request", "input_reply",
            "connect_request", "execute_reply", "status", "debug_request", "no_such_request", "");
    private static final List<String> SLOW = List.of("execute_request", "complete_request", "inspect_request",
            "is_complete_request", "create_subshell_request");
    private static final List<String> FIELDS = List.of("code", "silent", "store_history", "user_expressions", "allow_stdin",
            "stop_on_error", "cursor_pos", "detail_level", "hist_access_type", "n", "pattern", "session", "start", "stop", "comm_id",
            "target_name", "data", "subshell_id", "value", "output", "unique", "msg_id", "msg_type");
    private static final List<String> TEXTS = List.of("", "x", "1 + 1", "int i = ;", "{", "\"", "%", "%%bash", "%load /", "tail",
            "range", "search", "*", "*a*b*c*", "😀", "\u0000", "x".repeat(5000));

    private final Random random = new Random(20_261_122);
    private final Codec codec = new Codec("secret");
    private final Signatures signatures = new Signatures("secret");
    private final List<List<byte[]>> replayable = new ArrayList<>();
    /** How many messages were sent that the kernel must refuse, and how many that it may. */
    private int bad;
    private int doubtful;

    @Test
    void kernelSurvivesAndAnswersTheNextHonestRequest(@TempDir Path folder) throws Exception {
        try (KernelProcess kernel = new KernelProcess(folder, "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch")) {
            KernelProcess.Usage before = null;
            for (int round = 0; round < ROUNDS; round++) {
                flood(kernel.connection());
                try (Client client = kernel.connect()) {
                    assertThat(client.heartbeat()).isTrue();
                    assertThat(KernelProcess.value(client, "20 + 22")).isEqualTo("42");
                    before = round == 0 ? kernel.usage(client) : before;
                }
            }
            try (Client client = kernel.connect()) {
                Message probe = client.send(Channel.SHELL, "execute_request", Message.newObject().put("code", "evil"));
                assertThat(client.receive(Channel.SHELL, probe).content().path("ename").asText()).isEqualTo("CompileError");
                KernelProcess.Usage after = kernel.usage(client);
                assertThat(after.heapKb()).isLessThan(before.heapKb() + 32 * 1024);
                assertThat(after.residentKb()).isLessThanOrEqualTo(before.residentKb() + 64 * 1024);
                assertThat(after.threads()).isLessThan(before.threads() + 10);
                assertThat(after.openFiles()).isLessThan(before.openFiles() + 10);
            }
            assertLogged(kernel.log().toPath());
        }
    }

    /** A line for each message that was refused, and not more than one for any. */
    private void assertLogged(Path log) throws Exception {
        for (int i = 0; i < 100 && refused(log) < bad; i++) {
            Thread.sleep(100); // The kernel may not be through with what came on stdin.
        }
        assertThat(refused(log)).isBetween((long) bad, (long) bad + doubtful);
        assertThat(Files.readAllLines(log, StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(MESSAGES)
                .allMatch(line -> line.length() < 300);
    }

    private static long refused(Path log) throws Exception {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("ignored what came on ")).count();
        }
    }

    /** Sends what comes to mind, and reads what comes back. */
    private void flood(Connection connection) throws Exception {
        try (ZContext context = new ZContext()) {
            context.setLinger(LINGER_MILLIS); // Nothing is answered on stdin: what is sent there is on its way at the end.
            List<ZMQ.Socket> sockets = new ArrayList<>();
            for (Channel channel : CHANNELS) {
                ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
                socket.setHWM(0);
                socket.setLinger(LINGER_MILLIS);
                socket.connect(connection.address(channel));
                sockets.add(socket);
            }
            for (int i = 0; i < MESSAGES / ROUNDS; i++) {
                send(sockets.get(random.nextInt(sockets.size())), message());
                sockets.forEach(FuzzTest::drain);
            }
            awaitAnswer(sockets.get(CHANNELS.indexOf(Channel.SHELL)));
            awaitAnswer(sockets.get(CHANNELS.indexOf(Channel.CONTROL)));
        }
    }

    /** The kernel is through with what was sent before. */
    private void awaitAnswer(ZMQ.Socket socket) throws Exception {
        Message request = Client.request("kernel_info_request", Message.newObject());
        send(socket, codec.encode(request));
        boolean answered = false;
        while (!answered) {
            List<byte[]> frames = new ArrayList<>();
            do {
                frames.add(socket.recv());
            } while (socket.hasReceiveMore());
            answered = codec.decode(frames).parent().path("msg_id").asText().equals(request.id());
        }
    }

    private static void send(ZMQ.Socket socket, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    private static void drain(ZMQ.Socket socket) {
        while (socket.recv(ZMQ.DONTWAIT) != null) {
            // Whatever it says.
        }
    }

    private List<byte[]> message() {
        int kind = random.nextInt(100);
        if (kind < 71) {
            bad++;
            return bad(kind);
        }
        String type = random.nextInt(100) < 2 ? pick(SLOW) : pick(QUICK);
        List<byte[]> wellSigned = request(type, content());
        boolean odd = random.nextInt(100) < 5;
        doubtful += odd || type.isEmpty() ? 1 : 0;
        return odd ? odd(wellSigned) : replayable(wellSigned);
    }

    private List<byte[]> bad(int kind) {
        if (kind < 20) {
            return noise();
        } else if (kind < 40) {
            return truncated(request("execute_request", evil()));
        } else if (kind < 60) {
            return badlySigned(request("execute_request", evil()));
        } else if (kind < 70 && !replayable.isEmpty()) {
            return replayable.get(random.nextInt(replayable.size()));
        }
        return List.of(new byte[1 << 20]);
    }

    private List<byte[]> replayable(List<byte[]> frames) {
        if (replayable.size() < 100) {
            replayable.add(frames);
        }
        return frames;
    }

    private List<byte[]> noise() {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(8); i++) {
            byte[] frame = new byte[random.nextInt(100)];
            random.nextBytes(frame);
            frames.add(random.nextInt(4) == 0 ? "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII) : frame);
        }
        return frames;
    }

    private List<byte[]> truncated(List<byte[]> frames) {
        return frames.subList(0, 1 + random.nextInt(5));
    }

    private List<byte[]> badlySigned(List<byte[]> frames) {
        byte[] signature = frames.get(1).clone();
        signature[random.nextInt(signature.length)] ^= 1;
        frames.set(1, random.nextInt(5) == 0 ? new byte[0] : signature);
        return frames;
    }

    /** A well signed message whose header or parent is any JSON. */
    private List<byte[]> odd(List<byte[]> frames) {
        frames.set(random.nextBoolean() ? 2 : 3, json().toString().getBytes(StandardCharsets.UTF_8));
        frames.set(1, signatures.sign(frames.subList(2, 6)));
        return frames;
    }

    private JsonNode json() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(6)) {
            case 0 -> nodes.textNode(pick(TEXTS));
            case 1 -> nodes.numberNode(random.nextGaussian());
            case 2 -> nodes.nullNode();
            case 3 -> nodes.arrayNode().add(content());
            case 4 -> content();
            default -> Client.request(pick(QUICK), content()).header().setAll(content());
        };
    }

    private List<byte[]> request(String type, ObjectNode content) {
        Message request = Client.request(type, content, random.nextInt(10) == 0 ? pick(TEXTS) : null);
        if (random.nextInt(5) == 0) {
            request.metadata().setAll(content());
        }
        return new ArrayList<>(codec.encode(request));
    }

    private static ObjectNode evil() {
        return Message.newObject().put("code", "int evil = 1;");
    }

    private ObjectNode content() {
        ObjectNode content = Message.newObject();
        for (int i = 0; i < random.nextInt(8); i++) {
            String field = pick(FIELDS);
            switch (random.nextInt(7)) {
                case 0 -> content.put(field, random.nextInt());
                case 1 -> content.put(field, random.nextBoolean());
                case 2 -> content.putNull(field);
                case 3 -> content.put(field, random.nextGaussian());
                case 4 -> content.set(field, JsonNodeFactory.instance.arrayNode().add(random.nextLong()).add(pick(TEXTS)));
                case 5 -> content.putObject(field).put(pick(FIELDS), pick(TEXTS));
                default -> content.put(field, pick(TEXTS));
            }
        }
        return content;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
