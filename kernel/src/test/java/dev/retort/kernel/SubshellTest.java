package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Client;
import dev.retort.kernel.wire.Message;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubshellTest extends JupyterFixture {
    private String subshell;

    @BeforeEach
    void create() {
        subshell = ask(Channel.CONTROL, "create_subshell_request", Message.newObject()).path("subshell_id").asText();
    }

    @AfterEach
    void delete() {
        delete(subshell);
    }

    @Test
    void subshellEvaluatesWhileACellOfTheMainShellRuns() {
        run("volatile int step = 1;");
        Message training = execute("System.out.println(\"training\"); while (step < 5) { Thread.onSpinWait(); } step");
        awaitPrinted(training, "training");
        assertThat(resultInSubshell("step + 41")).isEqualTo("42");
        reply(executeInSubshell("int declaredBeside = 3; step = 7;"));
        assertThat(content(client.published(training), "execute_result").path("data").path("text/plain").asText()).isEqualTo("7");
        assertThat(value("declaredBeside")).isEqualTo("3");
    }

    @Test
    void outputGoesToTheCellThatPrintsIt() {
        run("var bothPrint = new CyclicBarrier(2);");
        Message first = execute("bothPrint.await(); for (int i = 0; i < 1000; i++) System.out.print(\"m\");");
        Message second = executeInSubshell("bothPrint.await(); for (int i = 0; i < 1000; i++) System.out.print(\"s\");");
        assertThat(printed(client.published(first))).isEqualTo("m".repeat(1000));
        assertThat(printed(client.published(second))).isEqualTo("s".repeat(1000));
    }

    @Test
    void cellsOfAllShellsAreCountedTogether() {
        int before = run("0").path("execution_count").asInt();
        assertThat(reply(executeInSubshell("0")).path("execution_count").asInt()).isEqualTo(before + 1);
        assertThat(run("0").path("execution_count").asInt()).isEqualTo(before + 2);
    }

    @Test
    void errorAbortsWhatWaitsInItsOwnShellOnly() {
        run("var errorMayCome = new CountDownLatch(1);");
        Message waiting = execute("errorMayCome.await();");
        Message next = execute("1");
        Message failing = executeInSubshell("errorMayCome.countDown(); throw new Exception();");
        assertThat(reply(failing).path("status").asText()).isEqualTo("error");
        assertThat(reply(waiting).path("status").asText()).isEqualTo("ok");
        assertThat(reply(next).path("status").asText()).isEqualTo("ok");
    }

    @Test
    void interruptStopsTheCellsOfAllShells() {
        Message main = execute("System.out.println(\"spinning\"); while (true) { }");
        Message sub = executeInSubshell("System.out.println(\"spinning\"); while (true) { }");
        awaitPrinted(main, "spinning");
        awaitPrinted(sub, "spinning");
        interrupt();
        assertThat(reply(main).path("ename").asText()).isEqualTo("Interrupted");
        assertThat(reply(sub).path("ename").asText()).isEqualTo("Interrupted");
    }

    @Test
    void lastStateToldIsBusyWhileACellRuns() {
        Message spinning = execute("System.out.println(\"spinning\"); while (true) { }");
        awaitPrinted(spinning, "spinning");
        Message beside = executeInSubshell("1");
        client.published(beside);
        assertThat(client.receive(Channel.IOPUB, spinning).content().path("execution_state").asText()).isEqualTo("busy");
        interrupt();
        reply(spinning);
    }

    @Test
    void deletionStopsTheRunningCellAndAbortsTheWaitingOne() {
        String doomed = ask(Channel.CONTROL, "create_subshell_request", Message.newObject()).path("subshell_id").asText();
        assertThat(list()).contains(doomed, subshell);
        Message spinning = client.send(Channel.SHELL, Client.request("execute_request",
                code("System.out.println(\"spinning\"); while (true) { }"), doomed));
        Message waiting = client.send(Channel.SHELL, Client.request("execute_request", code("1"), doomed));
        awaitPrinted(spinning, "spinning");
        assertThat(delete(doomed).path("status").asText()).isEqualTo("ok");
        assertThat(reply(spinning).path("ename").asText()).isEqualTo("Interrupted");
        assertThat(reply(waiting).path("status").asText()).isEqualTo("aborted");
        assertThat(list()).contains(subshell).doesNotContain(doomed);
    }

    @Test
    void unknownSubshellIsAnError() {
        Message request = client.send(Channel.SHELL, Client.request("execute_request", code("1"), "nobody"));
        assertThat(reply(request).path("evalue").asText()).contains("no subshell 'nobody'");
        assertThat(delete("nobody").path("status").asText()).isEqualTo("error");
    }

    @Test
    void threadsOfDeletedSubshellsEnd() throws Exception {
        reply(executeInSubshell("1"));
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("subshell " + subshell)).toList();
        assertThat(threads).hasSize(1);
        delete(subshell);
        threads.get(0).join();
    }

    private ObjectNode delete(String id) {
        return ask(Channel.CONTROL, "delete_subshell_request", Message.newObject().put("subshell_id", id));
    }

    private String list() {
        return ask(Channel.CONTROL, "list_subshell_request", Message.newObject()).path("subshell_id").toString();
    }

    private Message executeInSubshell(String code) {
        return client.send(Channel.SHELL, Client.request("execute_request", code(code), subshell));
    }

    private String resultInSubshell(String code) {
        return content(client.published(executeInSubshell(code)), "execute_result").path("data").path("text/plain").asText();
    }

    private static String printed(List<Message> published) {
        StringBuilder text = new StringBuilder();
        published.stream().filter(message -> message.type().equals("stream"))
                .forEach(message -> text.append(message.content().path("text").asText()));
        return text.toString();
    }
}
