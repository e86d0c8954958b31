package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecuteTest extends JupyterFixture {
    @Test
    void cellIsAnsweredBetweenBusyAndIdle() {
        Message request = execute("System.out.print(\"żółć \"); 1 + 1");
        List<Message> published = client.published(request);
        assertThat(published).extracting(Message::type)
                .containsExactly("status", "execute_input", "stream", "execute_result", "status");
        assertThat(published.get(0).content().path("execution_state").asText()).isEqualTo("busy");
        assertThat(published.get(2).content().path("text").asText()).isEqualTo("żółć ");
        assertThat(published.get(3).content().path("data").path("text/plain").asText()).isEqualTo("2");
        ObjectNode reply = reply(request);
        assertThat(reply.path("status").asText()).isEqualTo("ok");
        assertThat(reply.path("execution_count")).isEqualTo(published.get(1).content().path("execution_count"))
                .isEqualTo(published.get(3).content().path("execution_count"));
    }

    @Test
    void documentationIsAPageBesideTheNotebook() {
        Message request = execute("%doc String.valueOf");
        assertThat(client.published(request)).extracting(Message::type).containsExactly("status", "execute_input", "status");
        JsonNode page = reply(request).path("payload").path(0);
        assertThat(page.path("source").asText()).isEqualTo("page");
        assertThat(page.path("start").asInt(-1)).isZero();
        assertThat(page.path("data").path("text/plain").asText()).contains("String valueOf(");
        assertThat(page.path("data").path("text/html").asText()).contains("<pre>");
        assertThat(run("1 + 1").path("payload")).isEmpty();
        assertThat(run("%doc valueOfNothing").path("evalue").asText()).contains("'valueOfNothing' is nothing known");
    }

    @Test
    void silentCellIsNeitherShownNorCounted() {
        int before = count();
        Message request = client.send(Channel.SHELL, "execute_request", code("1 + 1").put("silent", true));
        assertThat(client.published(request)).extracting(Message::type).containsExactly("status", "status");
        assertThat(reply(request).path("execution_count").asInt()).isEqualTo(before);
    }

    @Test
    void cellOutsideTheHistoryIsShownButNotCounted() {
        int before = count();
        Message request = client.send(Channel.SHELL, "execute_request", code("1 + 1").put("store_history", false));
        assertThat(client.published(request)).extracting(Message::type).contains("execute_input", "execute_result");
        assertThat(reply(request).path("execution_count").asInt()).isEqualTo(before);
    }

    @Test
    void userExpressionsAreEvaluatedAfterTheCell() {
        ObjectNode content = code("int answer = 42;");
        content.putObject("user_expressions").put("twice", "answer * 2").put("bad", "nosuch");
        ObjectNode values = (ObjectNode) ask(Channel.SHELL, "execute_request", content).path("user_expressions");
        assertThat(values.path("twice").path("data").path("text/plain").asText()).isEqualTo("84");
        assertThat(values.path("bad").path("status").asText()).isEqualTo("error");
        assertThat(values.path("bad").path("ename").asText()).isEqualTo("CompileError");
    }

    @Test
    void errorIsPublishedAndReplied() {
        Message request = execute("int zero = 0;\nint broken = 1 / zero;");
        ObjectNode error = content(client.published(request), "error");
        ObjectNode reply = reply(request);
        assertThat(reply.path("status").asText()).isEqualTo("error");
        assertThat(reply.path("ename").asText()).isEqualTo("java.lang.ArithmeticException");
        assertThat(error.path("traceback")).isEqualTo(reply.path("traceback"));
        assertThat(error.path("traceback").toString()).contains("line 2").contains("int broken = 1 / zero;");
    }

    @Test
    void cellsQueuedBehindAnErrorAreAborted() {
        Message failing = execute("Thread.sleep(300); throw new Exception();");
        Message queued = execute("System.out.println(\"must not run\");");
        Message info = client.send(Channel.SHELL, "kernel_info_request", Message.newObject());
        assertThat(reply(failing).path("status").asText()).isEqualTo("error");
        assertThat(reply(queued).path("status").asText()).isEqualTo("aborted");
        assertThat(reply(info).path("status").asText()).isEqualTo("ok");
        assertThat(client.published(queued)).extracting(Message::type).containsExactly("status", "status");
        assertThat(run("1").path("status").asText()).isEqualTo("ok");
    }

    @Test
    void cellsQueuedBehindAToleratedErrorRun() {
        Message failing = client.send(Channel.SHELL, "execute_request",
                code("Thread.sleep(300); throw new Exception();").put("stop_on_error", false));
        Message queued = execute("1");
        assertThat(reply(failing).path("status").asText()).isEqualTo("error");
        assertThat(reply(queued).path("status").asText()).isEqualTo("ok");
    }

    private int count() {
        return run("0").path("execution_count").asInt();
    }
}
