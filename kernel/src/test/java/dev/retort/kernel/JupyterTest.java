package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Client;
import dev.retort.kernel.wire.Connection;
import dev.retort.kernel.wire.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The protocol, over real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JupyterTest {
    private Thread kernel;
    private Client client;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("cells"));
        Path connectionFile = Client.connectionFile(folder, "secret");
        kernel = new Thread(() -> Jupyter.serve(connectionFile, new Home(folder)));
        kernel.start();
        client = new Client(Connection.read(connectionFile));
        client.awaitWelcome();
    }

    @AfterAll
    void shutdownIsAnsweredAndEndsTheKernel() throws Exception {
        Message request = client.send(Channel.CONTROL, "shutdown_request", Message.newObject().put("restart", true));
        ObjectNode reply = client.receive(Channel.CONTROL, request).content();
        assertThat(reply.path("status").asText()).isEqualTo("ok");
        assertThat(reply.path("restart").asBoolean()).isTrue();
        kernel.join(30_000);
        assertThat(kernel.isAlive()).isFalse();
        client.close();
    }

    @Test
    void kernelInfoNamesProtocolAndLanguage() {
        ObjectNode info = ask(Channel.SHELL, "kernel_info_request", Message.newObject());
        assertThat(info.path("status").asText()).isEqualTo("ok");
        assertThat(info.path("protocol_version").asText()).isEqualTo("5.5");
        assertThat(info.path("language_info").path("name").asText()).isEqualTo("java");
        assertThat(info.path("language_info").path("file_extension").asText()).isNotEmpty();
        assertThat(info.path("banner").asText()).contains("Java");
    }

    @Test
    void cellIsAnsweredBetweenBusyAndIdle() {
        Message request = execute("System.out.print(\"żółć \"); 1 + 1");
        List<Message> published = client.published(request);
        assertThat(published).extracting(Message::type)
                .containsExactly("status", "execute_input", "stream", "execute_result", "status");
        assertThat(published.get(0).content().path("execution_state").asText()).isEqualTo("busy");
        assertThat(published.get(2).content().path("text").asText()).isEqualTo("żółć ");
        assertThat(published.get(3).content().path("data").path("text/plain").asText()).isEqualTo("2");
        ObjectNode reply = client.receive(Channel.SHELL, request).content();
        assertThat(reply.path("status").asText()).isEqualTo("ok");
        assertThat(reply.path("execution_count")).isEqualTo(published.get(3).content().path("execution_count"));
    }

    @Test
    void silentCellIsNeitherShownNorCounted() {
        int before = run("0").path("execution_count").asInt();
        Message request = client.send(Channel.SHELL, "execute_request", code("1 + 1").put("silent", true));
        assertThat(client.published(request)).extracting(Message::type).containsExactly("status", "status");
        assertThat(client.receive(Channel.SHELL, request).content().path("execution_count").asInt()).isEqualTo(before);
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
    void displayIsUpdatedUnderItsId() {
        List<Message> published = client.published(execute("var id = display(\"a\"); updateDisplay(id, \"b\");"));
        ObjectNode display = content(published, "display_data");
        ObjectNode update = content(published, "update_display_data");
        assertThat(display.path("data").path("text/plain").asText()).isEqualTo("a");
        assertThat(update.path("data").path("text/plain").asText()).isEqualTo("b");
        assertThat(display.path("transient").path("display_id").asText()).isNotEmpty()
                .isEqualTo(update.path("transient").path("display_id").asText());
    }

    @Test
    void errorIsPublishedAndReplied() {
        Message request = execute("int zero = 0;\nint broken = 1 / zero;");
        ObjectNode error = content(client.published(request), "error");
        ObjectNode reply = client.receive(Channel.SHELL, request).content();
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
        assertThat(client.receive(Channel.SHELL, failing).content().path("status").asText()).isEqualTo("error");
        assertThat(client.receive(Channel.SHELL, queued).content().path("status").asText()).isEqualTo("aborted");
        assertThat(client.receive(Channel.SHELL, info).content().path("status").asText()).isEqualTo("ok");
        assertThat(client.published(queued)).extracting(Message::type).containsExactly("status", "status");
        assertThat(run("1").path("status").asText()).isEqualTo("ok");
    }

    @Test
    void cellsQueuedBehindAToleratedErrorRun() {
        Message failing = client.send(Channel.SHELL, "execute_request",
                code("Thread.sleep(300); throw new Exception();").put("stop_on_error", false));
        Message queued = execute("1");
        assertThat(client.receive(Channel.SHELL, failing).content().path("status").asText()).isEqualTo("error");
        assertThat(client.receive(Channel.SHELL, queued).content().path("status").asText()).isEqualTo("ok");
    }

    @Test
    void controlIsAnsweredWhileACellSpinsAndInterruptStopsIt() {
        run("int kept = 7;");
        Message spinning = execute("System.out.println(\"spinning\"); while (true) { }");
        client.receive(Channel.IOPUB, message -> message.type().equals("stream"));
        assertThat(ask(Channel.CONTROL, "kernel_info_request", Message.newObject()).path("status").asText()).isEqualTo("ok");
        assertThat(ask(Channel.CONTROL, "interrupt_request", Message.newObject()).path("status").asText()).isEqualTo("ok");
        ObjectNode reply = client.receive(Channel.SHELL, spinning).content();
        assertThat(reply.path("ename").asText()).isEqualTo("Interrupted");
        Message request = execute("kept");
        assertThat(content(client.published(request), "execute_result").path("data").path("text/plain").asText()).isEqualTo("7");
    }

    @Test
    void noneOfTwoHundredThousandLinesIsLost() {
        Message request = execute("for (int i = 0; i < 200_000; i++) System.out.println(i);");
        StringBuilder text = new StringBuilder();
        client.published(request).stream().filter(message -> message.type().equals("stream"))
                .forEach(message -> text.append(message.content().path("text").asText()));
        assertThat(text.toString().lines()).containsExactlyElementsOf(
                IntStream.range(0, 200_000).mapToObj(Integer::toString).toList());
    }

    @Test
    void outputOfABackgroundThreadGoesToTheCellThatStartedIt() {
        Message starter = execute("""
                var go = new CountDownLatch(1);
                new Thread(() -> {
                    try { go.await(); } catch (InterruptedException e) { }
                    System.out.print("from behind");
                }).start();""");
        client.published(starter);
        execute("go.countDown();");
        Message late = client.receive(Channel.IOPUB, message -> message.type().equals("stream"));
        assertThat(late.content().path("text").asText()).isEqualTo("from behind");
        assertThat(late.parent().path("msg_id").asText()).isEqualTo(starter.id());
    }

    @Test
    void cellReadsWhatTheUserAnswers() {
        Message request = client.send(Channel.SHELL, "execute_request",
                code("System.out.print(\"name? \"); new Scanner(System.in).nextLine().toUpperCase()").put("allow_stdin", true));
        Message question = client.receive(Channel.STDIN, request);
        assertThat(question.type()).isEqualTo("input_request");
        client.send(Channel.STDIN, "input_reply", Message.newObject().put("value", "żuk"));
        List<Message> published = client.published(request);
        assertThat(content(published, "stream").path("text").asText()).isEqualTo("name? ");
        assertThat(content(published, "execute_result").path("data").path("text/plain").asText()).isEqualTo("ŻUK");
    }

    @Test
    void interruptedQuestionLeavesTheNextCellAlone() {
        Message asking = client.send(Channel.SHELL, "execute_request", code("System.in.read()").put("allow_stdin", true));
        client.receive(Channel.STDIN, asking);
        ask(Channel.CONTROL, "interrupt_request", Message.newObject());
        assertThat(client.receive(Channel.SHELL, asking).content().path("ename").asText()).isEqualTo("Interrupted");
        assertThat(run("1").path("status").asText()).isEqualTo("ok");
    }

    @Test
    void cellThatMayNotAskFails() {
        ObjectNode reply = ask(Channel.SHELL, "execute_request", code("new Scanner(System.in).nextLine()").put("allow_stdin", false));
        assertThat(reply.path("evalue").asText()).contains("cannot be asked for input");
    }

    @Test
    void completionReplacesTheWordBeforeTheCursor() {
        ObjectNode reply = ask(Channel.SHELL, "complete_request", Message.newObject()
                .put("code", "var s = \"😀\"; System.out.prin").put("cursor_pos", "var s = \"😀\"; System.out.prin".length() - 1));
        assertThat(reply.path("matches").toString()).contains("println(");
        assertThat(reply.path("cursor_start").asInt()).isEqualTo("var s = \"😀\"; System.out.".length() - 1);
    }

    @Test
    void magicIsCompleted() {
        ObjectNode reply = ask(Channel.SHELL, "complete_request", Message.newObject().put("code", "1;\n%mav").put("cursor_pos", 7));
        assertThat(reply.path("matches").toString()).contains("%maven");
        assertThat(reply.path("cursor_start").asInt()).isEqualTo(3);
    }

    @Test
    void nameIsExplainedAtItsEnd() {
        ObjectNode reply = ask(Channel.SHELL, "inspect_request", Message.newObject()
                .put("code", "String.valueOf").put("cursor_pos", 14).put("detail_level", 0));
        assertThat(reply.path("found").asBoolean()).isTrue();
        assertThat(reply.path("data").path("text/plain").asText()).contains("String valueOf(Object obj)");
    }

    @Test
    void wholenessIsTold() {
        assertThat(wholeness("int a = 1;")).isEqualTo("complete");
        assertThat(wholeness("1 + 1")).isEqualTo("complete");
        assertThat(wholeness("for (;;) {")).isEqualTo("incomplete");
        assertThat(wholeness("int x = = 3;")).isEqualTo("invalid");
        assertThat(wholeness("%maven a:b:1")).isEqualTo("complete");
    }

    @Test
    void historyKeepsWhatWasExecuted() {
        run("\"to be found\".length()");
        ObjectNode tail = ask(Channel.SHELL, "history_request", Message.newObject()
                .put("hist_access_type", "tail").put("n", 1).put("output", false).put("raw", true));
        assertThat(tail.path("history").path(0).path(2).asText()).isEqualTo("\"to be found\".length()");
        ObjectNode search = ask(Channel.SHELL, "history_request", Message.newObject()
                .put("hist_access_type", "search").put("pattern", "*to be fo?nd*").put("output", false).put("raw", true));
        assertThat(search.path("history")).hasSize(1);
    }

    @Test
    void commOfAnUnknownTargetIsClosed() {
        assertThat(ask(Channel.SHELL, "comm_info_request", Message.newObject()).path("comms").isEmpty()).isTrue();
        Message open = client.send(Channel.SHELL, "comm_open",
                Message.newObject().put("comm_id", "c1").put("target_name", "nobody"));
        assertThat(content(client.published(open), "comm_close").path("comm_id").asText()).isEqualTo("c1");
    }

    @Test
    void badlySignedMessageIsNotActedUpon() {
        List<byte[]> frames = new ArrayList<>(client.encode(Client.request("execute_request", code("int evil = 1;"))));
        frames.set(1, "0".repeat(64).getBytes(StandardCharsets.US_ASCII));
        client.sendFrames(Channel.SHELL, frames);
        assertThat(run("evil").path("ename").asText()).isEqualTo("CompileError");
    }

    @Test
    void garbageIsSurvivedOnEveryChannel() {
        for (Channel channel : List.of(Channel.SHELL, Channel.CONTROL, Channel.STDIN)) {
            client.sendFrames(channel, List.of("garbage".getBytes(StandardCharsets.UTF_8)));
            client.sendFrames(channel, List.of("<IDS|MSG>".getBytes(StandardCharsets.UTF_8), new byte[0]));
            client.send(channel, "no_such_request", Message.newObject());
        }
        assertThat(run("1").path("status").asText()).isEqualTo("ok");
        assertThat(ask(Channel.CONTROL, "kernel_info_request", Message.newObject()).path("status").asText()).isEqualTo("ok");
    }

    @Test
    void heartbeatEchoes() {
        assertThat(client.heartbeat()).isTrue();
    }

    private String wholeness(String code) {
        return ask(Channel.SHELL, "is_complete_request", Message.newObject().put("code", code)).path("status").asText();
    }

    private static ObjectNode code(String code) {
        return Message.newObject().put("code", code);
    }

    private Message execute(String code) {
        return client.send(Channel.SHELL, "execute_request", code(code));
    }

    private ObjectNode run(String code) {
        return client.receive(Channel.SHELL, execute(code)).content();
    }

    private ObjectNode ask(Channel channel, String type, ObjectNode content) {
        return client.receive(channel, client.send(channel, type, content)).content();
    }

    private static ObjectNode content(List<Message> messages, String type) {
        return messages.stream().filter(message -> message.type().equals(type)).findFirst().orElseThrow().content();
    }
}
