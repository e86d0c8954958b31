package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Client;
import dev.retort.kernel.wire.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MalformedMessageTest extends JupyterFixture {
    @Test
    void badlySignedMessageIsNotActedUpon() {
        List<byte[]> frames = new ArrayList<>(client.encode(Client.request("execute_request", code("int evil = 1;"))));
        frames.set(1, "0".repeat(64).getBytes(StandardCharsets.US_ASCII));
        client.sendFrames(Channel.SHELL, frames);
        assertThat(run("evil").path("ename").asText()).isEqualTo("CompileError");
    }

    @Test
    void replayedMessageIsNotActedUpon() {
        run("int times = 0;");
        List<byte[]> frames = client.encode(Client.request("execute_request", code("times++;")));
        client.sendFrames(Channel.SHELL, frames);
        client.sendFrames(Channel.SHELL, frames);
        assertThat(value("times")).isEqualTo("1");
    }

    @Test
    void garbageIsSurvivedOnEveryChannel() {
        for (Channel channel : List.of(Channel.SHELL, Channel.CONTROL, Channel.STDIN)) {
            client.sendFrames(channel, List.of("garbage".getBytes(StandardCharsets.UTF_8)));
            client.sendFrames(channel, List.of("<IDS|MSG>".getBytes(StandardCharsets.UTF_8), new byte[0]));
            client.send(channel, "no_such_request", Message.newObject());
        }
        assertThat(run("1").path("status").asText()).isEqualTo("ok");
        assertThat(ask(Channel.CONTROL, "kernel_info_request", Message.newObject()).path("status").asText()).isEqualTo("ok");
    }
}
