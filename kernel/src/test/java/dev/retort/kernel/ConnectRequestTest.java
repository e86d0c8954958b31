package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import org.junit.jupiter.api.Test;

class ConnectRequestTest extends JupyterFixture {
    @Test
    void portsAreThoseOfTheConnectionFile() {
        ObjectNode reply = ask(Channel.SHELL, "connect_request", Message.newObject());
        assertThat(reply.path("status").asText()).isEqualTo("ok");
        assertThat(reply.path("shell_port").asInt()).isEqualTo(connection.ports().get(Channel.SHELL));
        assertThat(reply.path("iopub_port").asInt()).isEqualTo(connection.ports().get(Channel.IOPUB));
        assertThat(reply.path("stdin_port").asInt()).isEqualTo(connection.ports().get(Channel.STDIN));
        assertThat(reply.path("control_port").asInt()).isEqualTo(connection.ports().get(Channel.CONTROL));
        assertThat(reply.path("hb_port").asInt()).isEqualTo(connection.ports().get(Channel.HEARTBEAT));
    }
}
