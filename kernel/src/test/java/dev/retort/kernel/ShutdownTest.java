package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.wire.Message;
import org.junit.jupiter.api.Test;

class ShutdownTest extends JupyterFixture {
    @Test
    void shutdownIsAnsweredThoughACellRuns() {
        Message spinning = execute("System.out.println(\"spinning\"); while (true) { }");
        awaitPrinted(spinning, "spinning");
        assertThat(shutdown(true).path("restart").asBoolean()).isTrue();
        assertThat(reply(spinning).path("ename").asText()).isEqualTo("Interrupted");
    }
}
