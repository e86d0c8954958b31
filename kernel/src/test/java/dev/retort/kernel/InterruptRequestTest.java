package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link InterruptTest} sees from within, as a front end sees it. */
class InterruptRequestTest extends JupyterFixture {
    @Test
    void interruptedCellFailsAndIsIdle() {
        Message spinning = spin();
        interrupt();
        ObjectNode reply = reply(spinning);
        assertThat(reply.path("status").asText()).isEqualTo("error");
        assertThat(reply.path("ename").asText()).isEqualTo("Interrupted");
        List<Message> published = client.published(spinning);
        assertThat(published).extracting(Message::type).endsWith("status").filteredOn(type -> !type.equals("status"))
                .as("the answer to the interrupt may be followed by the word that the cell is busy still").endsWith("error");
        assertThat(published).filteredOn(message -> message.type().equals("status"))
                .extracting(message -> message.content().path("execution_state").asText())
                .startsWith("busy").containsOnly("busy", "idle").containsOnlyOnce("idle").endsWith("idle");
        assertThat(content(published, "error").path("ename").asText()).isEqualTo("Interrupted");
    }

    @Test
    void requestIsAnsweredBetweenBusyAndIdle() {
        Message spinning = spin();
        Message request = client.send(Channel.CONTROL, "interrupt_request", Message.newObject());
        assertThat(client.published(request)).extracting(message -> message.content().path("execution_state").asText())
                .as("still busy, once the cell is idle").startsWith("busy").containsOnly("busy", "idle").endsWith("idle");
        assertThat(client.receive(Channel.CONTROL, request).type()).isEqualTo("interrupt_reply");
        reply(spinning);
    }

    @Test
    void cellsQueuedBehindAnInterruptedOneAreAborted() {
        Message spinning = spin();
        List<Message> queued = List.of(execute("1"), execute("2"));
        ask(Channel.SHELL, "kernel_info_request", Message.newObject()); // The kernel has got those before it, too.
        interrupt();
        assertThat(reply(spinning).path("status").asText()).isEqualTo("error");
        for (Message each : queued) {
            assertThat(reply(each).path("status").asText()).isEqualTo("aborted");
            assertThat(client.published(each)).extracting(Message::type).containsOnly("status");
        }
        assertThat(value("1 + 1")).isEqualTo("2");
    }

    @Test
    void interruptWithoutACellLeavesTheNextAlone() {
        interrupt();
        assertThat(value("int sum = 0; for (int i = 0; i < 10; i++) { sum += i; Thread.sleep(1); } sum")).isEqualTo("45");
    }

    /** A cell that runs until it is interrupted. */
    private Message spin() {
        Message spinning = execute("System.out.println(\"spinning\"); while (true) { }");
        awaitPrinted(spinning, "spinning");
        return spinning;
    }
}
