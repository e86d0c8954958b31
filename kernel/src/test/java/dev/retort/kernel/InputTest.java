package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Client;
import dev.retort.kernel.wire.Message;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputTest extends JupyterFixture {
    @Test
    void cellReadsWhatTheUserAnswers() {
        Message request = ask("System.out.print(\"name? \"); new Scanner(System.in).nextLine().toUpperCase()");
        Message question = client.receive(Channel.STDIN, request);
        assertThat(question.type()).isEqualTo("input_request");
        answer("żuk");
        List<Message> published = client.published(request);
        assertThat(content(published, "stream").path("text").asText()).isEqualTo("name? ");
        assertThat(content(published, "execute_result").path("data").path("text/plain").asText()).isEqualTo("ŻUK");
    }

    @Test
    void interruptedQuestionLeavesTheNextCellAlone() {
        Message asking = ask("System.in.read()");
        client.receive(Channel.STDIN, asking);
        interrupt();
        assertThat(reply(asking).path("ename").asText()).isEqualTo("Interrupted");
        assertThat(run("1").path("status").asText()).isEqualTo("ok");
    }

    @Test
    void restOfALineIsNotForTheNextCell() {
        Message first = ask("(char) System.in.read()");
        client.receive(Channel.STDIN, first);
        answer("ab");
        assertThat(result(first)).isEqualTo("a");
        Message second = ask("(char) System.in.read()");
        client.receive(Channel.STDIN, second);
        answer("c");
        assertThat(result(second)).isEqualTo("c");
    }

    @Test
    void passwordIsAskedForAsSuch() {
        Message asking = ask("%password token Access token\ntoken.length()");
        Message question = client.receive(Channel.STDIN, asking);
        assertThat(question.content().path("prompt").asText()).isEqualTo("Access token: ");
        assertThat(question.content().path("password").asBoolean()).isTrue();
        answer("a\"\\ż😀");
        assertThat(result(asking)).isEqualTo("6");
        assertThat(value("token")).isEqualTo("a\"\\ż😀");
    }

    @Test
    void promptIsTheVariableUnlessThereIsAnother() {
        Message asking = ask("%input name");
        Message question = client.receive(Channel.STDIN, asking);
        assertThat(question.content().path("prompt").asText()).isEqualTo("name: ");
        assertThat(question.content().path("password").asBoolean()).isFalse();
        answer("żuk");
        client.published(asking);
        assertThat(value("name")).isEqualTo("żuk");
    }

    @Test
    void cellThatMayNotAskFails() {
        ObjectNode reply = ask(Channel.SHELL, "execute_request", code("new Scanner(System.in).nextLine()").put("allow_stdin", false));
        assertThat(reply.path("evalue").asText()).contains("cannot be asked for input");
    }

    @Test
    void cellOfAFrontEndThatDoesNotListenFails() {
        try (Client deaf = new Client(connection, "deaf", EnumSet.of(Channel.SHELL))) {
            Message request = deaf.send(Channel.SHELL, "execute_request", code("System.in.read()").put("allow_stdin", true));
            assertThat(deaf.receive(Channel.SHELL, request).content().path("evalue").asText()).contains("not connected to stdin");
        }
    }

    private Message ask(String code) {
        return client.send(Channel.SHELL, "execute_request", code(code).put("allow_stdin", true));
    }

    private void answer(String text) {
        client.send(Channel.STDIN, "input_reply", Message.newObject().put("value", text));
    }

    private String result(Message request) {
        return content(client.published(request), "execute_result").path("data").path("text/plain").asText();
    }
}
