package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import org.junit.jupiter.api.Test;

class IsCompleteTest extends JupyterFixture {
    @Test
    void wholenessIsTold() {
        assertThat(wholeness("int a = 1;")).isEqualTo("complete");
        assertThat(wholeness("1 + 1")).isEqualTo("complete");
        assertThat(wholeness("for (;;) {")).isEqualTo("incomplete");
        assertThat(wholeness("int x = = 3;")).isEqualTo("invalid");
        assertThat(wholeness("%maven a:b:1")).isEqualTo("complete");
    }

    private String wholeness(String code) {
        return ask(Channel.SHELL, "is_complete_request", Message.newObject().put("code", code)).path("status").asText();
    }
}
