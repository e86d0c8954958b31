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

    @Test
    void variableIsExplainedWithItsPresentValue() {
        reply(execute("var numbers = List.of(1, 2); class Slow { public String toString() { while (true) { } } } var slow = new Slow();"));
        assertThat(text(inspect("numbers"))).contains("List<Integer> numbers = [1, 2]");
        assertThat(text(inspect("slow"))).contains("Slow slow").doesNotContain("=");
    }

    @Test
    void variableIsExplainedWhileACellChangesIt() {
        reply(execute("int counted = 1;"));
        Message running = execute("counted = 2; System.out.print(\"counted\"); while (true) { }");
        awaitPrinted(running, "counted");
        assertThat(text(inspect("counted"))).contains("int counted = 2");
        interrupt();
        reply(running);
    }

    private static String text(ObjectNode reply) {
        return reply.path("data").path("text/plain").asText();
    }

    private ObjectNode inspect(String code) {
        return ask(Channel.SHELL, "inspect_request",
                Message.newObject().put("code", code).put("cursor_pos", code.length()).put("detail_level", 0));
    }
}
