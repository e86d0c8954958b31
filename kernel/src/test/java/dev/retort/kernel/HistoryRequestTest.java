package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
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
    void silentCellsAndThoseThatAskNotToBeAreNotKept() {
        run("\"kept\"");
        reply(client.send(Channel.SHELL, "execute_request", code("\"silent\"").put("silent", true)));
        reply(client.send(Channel.SHELL, "execute_request", code("\"unstored\"").put("store_history", false)));
        assertThat(history("tail").path("history").path(0).path(2).asText()).isEqualTo("\"kept\"");
    }

    private ObjectNode history(String access) {
        return ask(Channel.SHELL, "history_request", request(access).put("n", 1));
    }

    private static ObjectNode request(String access) {
        return Message.newObject().put("hist_access_type", access).put("output", false).put("raw", true);
    }
}
