package dev.retort.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodecTest {
    private final Codec codec = new Codec("key");
    private final Message message = new Message(List.of(bytes("route")), Client.request("t", Message.newObject()).header(),
            Message.newObject(), Message.newObject(), Message.newObject().put("text", "żółć 😀"), List.of(new byte[] {1, 2}));

    @Test
    void messageSurvivesTheFrames() throws Exception {
        Message decoded = codec.decode(codec.encode(message));
        assertThat(decoded.content()).isEqualTo(message.content());
        assertThat(decoded.header()).isEqualTo(message.header());
        assertThat(decoded.identities()).containsExactly(bytes("route"));
        assertThat(decoded.buffers()).containsExactly(new byte[] {1, 2});
    }

    @Test
    void signatureIsThatOfTheProtocol() {
        // Made with Python: hmac.new(b'key', b'{}{}{}{}', 'sha256').hexdigest()
        Message empty = new Message(List.of(), Message.newObject(), Message.newObject(), Message.newObject(), Message.newObject(),
                List.of());
        assertThat(new String(codec.encode(empty).get(1), StandardCharsets.US_ASCII)).isEqualTo(
                "ca767b02c5bc061ed184a9a029e7f93a7f2f7ed4e8fe74120fc1212f0b008fa3");
    }

    @Test
    void anyChangedFrameIsNoticed() {
        for (int i = 2; i < 7; i++) {
            List<byte[]> frames = new ArrayList<>(codec.encode(message));
            frames.set(i, bytes("{\"msg_id\": \"1\", \"msg_type\": \"execute_request\"}"));
            assertThatThrownBy(() -> codec.decode(frames)).isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("signature");
        }
    }

    @Test
    void replayedMessageIsRefused() throws Exception {
        List<byte[]> frames = codec.encode(message);
        codec.decode(frames);
        assertThatThrownBy(() -> codec.decode(frames)).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("came before");
    }

    @Test
    void withoutAKeyNothingIsSigned() throws Exception {
        Codec open = new Codec("");
        assertThat(open.encode(message).get(2)).isEmpty();
        assertThat(open.decode(open.encode(message)).id()).isEqualTo(message.id());
        assertThatThrownBy(() -> codec.decode(open.encode(message))).hasMessageContaining("signature");
    }

    @Test
    void nonsenseIsRefusedAndNothingElseThrown() {
        Codec open = new Codec("");
        Random random = new Random(1);
        for (int round = 0; round < 5_000; round++) {
            List<byte[]> frames = new ArrayList<>(open.encode(message));
            for (int change = 0; change < 1 + random.nextInt(3); change++) {
                int at = random.nextInt(frames.size());
                switch (random.nextInt(3)) {
                    case 0 -> frames.remove(at);
                    case 1 -> frames.set(at, randomBytes(random));
                    default -> frames.add(at, randomBytes(random));
                }
                if (frames.isEmpty()) {
                    break;
                }
            }
            try {
                open.decode(frames);
            } catch (MalformedMessageException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        Codec open = new Codec("");
        List<byte[]> frames = new ArrayList<>(open.encode(message));
        frames.set(6, bytes("{\"a\":".repeat(100_000)));
        assertThatThrownBy(() -> open.decode(frames)).isInstanceOf(MalformedMessageException.class);
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
