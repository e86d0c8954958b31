package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    @Nested
    class OfABusyKernel extends JupyterFixture {
        @Test
        void shutdownIsAnsweredThoughACellRuns() {
            Message spinning = execute("System.out.println(\"spinning\"); while (true) { }");
            awaitPrinted(spinning, "spinning");
            Message request = shutdown(true);
            assertThat(client.receive(Channel.CONTROL, request).content().path("restart").asBoolean()).isTrue();
            assertThat(content(client.published(request), "shutdown_reply").path("restart").asBoolean()).isTrue();
            assertThat(reply(spinning).path("ename").asText()).isEqualTo("Interrupted");
        }
    }

    @Nested
    class OfAnIdleKernel extends JupyterFixture {
        @Test
        void everyFrontEndHearsThatTheKernelEnds() throws Exception {
            Message request = shutdown(false);
            assertThat(content(client.published(request), "shutdown_reply").path("restart").asBoolean(true)).isFalse();
            assertThat(client.receive(Channel.CONTROL, request).content().path("restart").asBoolean(true)).isFalse();
            awaitEnd();
        }
    }
}
