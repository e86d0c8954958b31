package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import org.junit.jupiter.api.Test;

class InspectTest extends JupyterFixture {
    @Test
    void nameIsExplainedAtItsEnd() {
        ObjectNode reply = inspect("String.valueOf");
        assertThat(reply.path("found").asBoolean()).isTrue();
        assertThat(reply.path("data").path("text/plain").asText()).contains("String valueOf(Object obj)");
    }

    @Test
    void nothingIsFoundWhereNothingStands() {
        ObjectNode reply = inspect("   ");
        assertThat(reply.path("status").asText()).isEqualTo("ok");
        assertThat(reply.path("found").asBoolean()).isFalse();
    }

    private ObjectNode inspect(String code) {
        return ask(Channel.SHELL, "inspect_request",
                Message.newObject().put("code", code).put("cursor_pos", code.length()).put("detail_level", 0));
    }
}
