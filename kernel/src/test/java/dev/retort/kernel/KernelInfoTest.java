package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import org.junit.jupiter.api.Test;

class KernelInfoTest extends JupyterFixture {
    @Test
    void kernelInfoNamesProtocolLanguageAndFeatures() {
        ObjectNode info = ask(Channel.SHELL, "kernel_info_request", Message.newObject());
        assertThat(info.path("status").asText()).isEqualTo("ok");
        assertThat(info.path("protocol_version").asText()).isEqualTo("5.5");
        assertThat(info.path("supported_features").toString()).isEqualTo("[\"kernel subshells\"]");
        assertThat(info.path("language_info").path("name").asText()).isEqualTo("java");
        assertThat(info.path("language_info").path("file_extension").asText()).isNotEmpty();
        assertThat(info.path("banner").asText()).contains("Java");
    }

    @Test
    void kernelInfoIsGivenOnControlToo() {
        assertThat(ask(Channel.CONTROL, "kernel_info_request", Message.newObject()))
                .isEqualTo(ask(Channel.SHELL, "kernel_info_request", Message.newObject()));
    }

    @Test
    void heartbeatEchoes() {
        assertThat(client.heartbeat()).isTrue();
    }
}
