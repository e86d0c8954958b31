package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Client;
import dev.retort.kernel.wire.Connection;
import dev.retort.kernel.wire.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A kernel that serves, and a front end that talks to it over real sockets and checks each message against the schema. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class JupyterFixture {
    private Thread kernel;
    private boolean shutDown;
    Connection connection;
    Client client;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("cells"));
        Path connectionFile = Client.connectionFile(folder, "secret");
        kernel = new Thread(() -> Jupyter.serve(connectionFile, folder.resolve("history"), new Home(folder)));
        kernel.start();
        connection = Connection.read(connectionFile);
        client = new Client(connection);
        client.awaitWelcome();
    }

    @AfterAll
    void shutdownEndsTheKernel() throws Exception {
        if (!shutDown) {
            client.receive(Channel.CONTROL, shutdown(false));
        }
        awaitEnd();
        client.close();
    }

    void awaitEnd() throws Exception {
        kernel.join(30_000);
        assertThat(kernel.isAlive()).isFalse();
    }

    /** Sends the request and returns it. */
    Message shutdown(boolean restart) {
        shutDown = true;
        return client.send(Channel.CONTROL, "shutdown_request", Message.newObject().put("restart", restart));
    }

    static ObjectNode code(String code) {
        return Message.newObject().put("code", code);
    }

    Message execute(String code) {
        return client.send(Channel.SHELL, "execute_request", code(code));
    }

    /** The reply to a cell. */
    ObjectNode run(String code) {
        return reply(execute(code));
    }

    /** The text of a cell's result. */
    String value(String code) {
        return content(client.published(execute(code)), "execute_result").path("data").path("text/plain").asText();
    }

    ObjectNode reply(Message request) {
        return client.receive(Channel.SHELL, request).content();
    }

    ObjectNode ask(Channel channel, String type, ObjectNode content) {
        return client.receive(channel, client.send(channel, type, content)).content();
    }

    /** Waits until a cell has printed {@code text}. */
    void awaitPrinted(Message request, String text) {
        client.receive(Channel.IOPUB, message -> message.type().equals("stream")
                && message.parent().path("msg_id").asText().equals(request.id())
                && message.content().path("text").asText().contains(text));
    }

    void interrupt() {
        assertThat(ask(Channel.CONTROL, "interrupt_request", Message.newObject()).path("status").asText()).isEqualTo("ok");
    }

    static ObjectNode content(List<Message> messages, String type) {
        return messages.stream().filter(message -> message.type().equals(type)).findFirst().orElseThrow().content();
    }
}
