package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Client;
import dev.retort.kernel.wire.Message;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CommTest extends JupyterFixture {
    @BeforeAll
    void registerTarget() {
        assertThat(run("""
                import org.dflib.jjava.jupyter.kernel.BaseKernel;
                import org.dflib.jjava.jupyter.kernel.comm.*;
                import org.dflib.jjava.jupyter.messages.Message;
                import org.dflib.jjava.jupyter.messages.comm.*;
                import com.google.gson.JsonObject;
                class Echo extends Comm {
                    Echo(CommManager manager, String id, String target) { super(manager, id, target); }
                    @Override protected void onMessage(Message<CommMsgCommand> message) {
                        if (message.getContent().getData().has("fail")) throw new IllegalStateException("meant");
                        System.out.print("heard");
                        send(message.getContent().getData(), Map.of("kind", "echo"), message.getBlobs());
                    }
                    @Override protected void onClose(Message<CommCloseCommand> message, boolean sending) {
                        System.out.print(sending ? "closing" : "closed");
                    }
                }
                var comms = BaseKernel.notebookKernel().getCommManager();
                comms.registerTarget("echo", (manager, id, target, message) -> new Echo(manager, id, target));
                """).path("status").asText()).isEqualTo("ok");
    }

    @Test
    void commOfAnUnknownTargetIsClosed() {
        assertThat(content(client.published(send("comm_open", comm("c1").put("target_name", "nobody"))), "comm_close")
                .path("comm_id").asText()).isEqualTo("c1");
        assertThat(open()).doesNotContain("c1");
    }

    @Test
    void messagesGoBothWaysWithTheirBuffers() {
        client.published(send("comm_open", comm("c2").put("target_name", "echo")));
        assertThat(open()).contains("\"c2\":{\"target_name\":\"echo\"}");
        ObjectNode content = comm("c2");
        content.putObject("data").put("text", "żuk");
        Message plain = Client.request("comm_msg", content);
        Message request = client.send(Channel.SHELL, new Message(plain.identities(), plain.header(), plain.parent(), plain.metadata(),
                content, List.of(new byte[] {1, 2, 3})));
        List<Message> published = client.published(request);
        assertThat(content(published, "stream").path("text").asText()).isEqualTo("heard");
        Message echo = published.stream().filter(message -> message.type().equals("comm_msg")).findFirst().orElseThrow();
        assertThat(echo.content()).isEqualTo(content);
        assertThat(echo.metadata().path("kind").asText()).isEqualTo("echo");
        assertThat(echo.buffers()).containsExactly(new byte[] {1, 2, 3});
    }

    @Test
    void closedCommIsToldAndForgotten() {
        client.published(send("comm_open", comm("c3").put("target_name", "echo")));
        assertThat(content(client.published(send("comm_close", comm("c3"))), "stream").path("text").asText()).isEqualTo("closed");
        assertThat(open()).doesNotContain("c3");
    }

    @Test
    void cellOpensACommAndClosesIt() {
        List<Message> published = client.published(execute("""
                var mine = comms.openComm("front", (manager, id, target, message) -> {
                    message.getContent().getData().addProperty("first", true);
                    return new Echo(manager, id, target);
                });"""));
        ObjectNode opened = content(published, "comm_open");
        assertThat(opened.path("target_name").asText()).isEqualTo("front");
        assertThat(opened.path("data").path("first").asBoolean()).isTrue();
        published = client.published(execute("mine.close();"));
        assertThat(content(published, "comm_close").path("comm_id")).isEqualTo(opened.path("comm_id"));
        assertThat(content(published, "stream").path("text").asText()).isEqualTo("closing");
    }

    @Test
    void handlerThatThrowsCostsALine() {
        client.published(send("comm_open", comm("c4").put("target_name", "echo")));
        ObjectNode content = comm("c4");
        content.putObject("data").put("fail", true);
        assertThat(content(client.published(send("comm_msg", content)), "stream").path("text").asText())
                .isEqualTo("the comm's handler failed: java.lang.IllegalStateException: meant\n");
        assertThat(run("1").path("status").asText()).isEqualTo("ok");
    }

    private Message send(String type, ObjectNode content) {
        return client.send(Channel.SHELL, type, content);
    }

    private static ObjectNode comm(String id) {
        ObjectNode content = Message.newObject().put("comm_id", id);
        content.putObject("data");
        return content;
    }

    private String open() {
        return ask(Channel.SHELL, "comm_info_request", Message.newObject()).path("comms").toString();
    }
}
