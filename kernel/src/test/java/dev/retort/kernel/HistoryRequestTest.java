package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryRequestTest extends JupyterFixture {
    @Test
    void historyKeepsWhatWasExecuted() {
        run("\"to be found\".length()");
        assertThat(history("tail").path("history").path(0).path(2).asText()).isEqualTo("\"to be found\".length()");
        ObjectNode found = ask(Channel.SHELL, "history_request", request("search").put("pattern", "*to be fo?nd*"));
        assertThat(found.path("history")).hasSize(1);
    }

    @Test
    void rangeIsOfTheNumbersOfTheCells() {
        int one = run("\"one\"").path("execution_count").asInt();
        run("\"two\"");
        run("\"three\"");
        assertThat(codes(range(0).put("start", one).put("stop", one + 2))).containsExactly("\"one\"", "\"two\"");
        assertThat(codes(range(0).put("start", one + 1))).containsExactly("\"two\"", "\"three\"");
        assertThat(codes(range(-1))).as("there is no session before this one").isEmpty();
    }

    @Test
    void sessionOfARangeMayBeNamedByItsNumber() {
        int line = run("\"numbered\"").path("execution_count").asInt();
        int session = history("tail").path("history").path(0).path(0).asInt();
        ObjectNode request = range(session).put("start", line).put("stop", line + 1).put("output", true);
        assertThat(ask(Channel.SHELL, "history_request", request).path("history").toString())
                .isEqualTo("[[" + session + "," + line + ",[\"\\\"numbered\\\"\",null]]]");
    }

    @Test
    void silentCellsAndThoseThatAskNotToBeAreNotKept() {
        run("\"kept\"");
        reply(client.send(Channel.SHELL, "execute_request", code("\"silent\"").put("silent", true)));
        reply(client.send(Channel.SHELL, "execute_request", code("\"unstored\"").put("store_history", false)));
        assertThat(history("tail").path("history").path(0).path(2).asText()).isEqualTo("\"kept\"");
    }

    private ObjectNode history(String access) {
        return ask(Channel.SHELL, "history_request", request(access).put("n", 1));
    }

    private List<String> codes(ObjectNode request) {
        List<String> codes = new ArrayList<>();
        ask(Channel.SHELL, "history_request", request).path("history").forEach(cell -> codes.add(cell.path(2).asText()));
        return codes;
    }

    private static ObjectNode range(int session) {
        return request("range").put("session", session);
    }

    private static ObjectNode request(String access) {
        return Message.newObject().put("hist_access_type", access).put("output", false).put("raw", true);
    }
}
