package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import org.junit.jupiter.api.Test;

class CompleteTest extends JupyterFixture {
    @Test
    void completionReplacesTheWordBeforeTheCursor() {
        ObjectNode reply = complete("var s = \"😀\"; System.out.prin");
        assertThat(reply.path("matches").toString()).contains("println(");
        assertThat(reply.path("cursor_start").asInt()).isEqualTo("var s = \"😀\"; System.out.".length() - 1);
    }

    @Test
    void magicIsCompleted() {
        ObjectNode reply = complete("1;\n%mav");
        assertThat(reply.path("matches").toString()).contains("%maven");
        assertThat(reply.path("cursor_start").asInt()).isEqualTo(3);
    }

    @Test
    void completionKnowsWhatACellSentJustBeforeDeclares() {
        execute("int declaredJustBefore = 1;");
        assertThat(complete("declaredJust").path("matches").toString()).contains("declaredJustBefore");
    }

    @Test
    void completionIsAnsweredWhileACellRuns() {
        Message spinning = execute("int known = 1; System.out.println(\"spinning\"); while (true) { }");
        awaitPrinted(spinning, "spinning");
        assertThat(complete("kno").path("matches").toString()).contains("known");
        interrupt();
        reply(spinning);
    }

    private ObjectNode complete(String code) {
        return ask(Channel.SHELL, "complete_request", Message.newObject()
                .put("code", code).put("cursor_pos", code.codePointCount(0, code.length())));
    }
}
