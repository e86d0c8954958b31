package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    @BeforeEach
    void threeCells() {
        history.add(1, "int a;");
        history.add(2, "a.b()");
        history.add(3, "int a;");
    }

    @Test
    void tailGivesTheLastCells() {
        assertThat(reply(request("tail").put("n", 2))).isEqualTo("[[1,2,\"a.b()\"],[1,3,\"int a;\"]]");
        assertThat(reply(request("tail").put("n", -1))).isEqualTo("[]");
    }

    @Test
    void rangeStopsBeforeItsEnd() {
        assertThat(reply(request("range").put("session", 0).put("start", 1).put("stop", 3)))
                .isEqualTo("[[1,1,\"int a;\"],[1,2,\"a.b()\"]]");
        assertThat(reply(request("range").put("session", -1).put("start", 1))).isEqualTo("[]");
    }

    @Test
    void searchTakesPatternsLiterallyButForStarAndQuestionMark() {
        assertThat(reply(request("search").put("pattern", "a.?()"))).isEqualTo("[[1,2,\"a.b()\"]]");
        assertThat(reply(request("search").put("pattern", "int*").put("unique", true))).isEqualTo("[[1,3,\"int a;\"]]");
    }

    @Test
    void outputIsAPairWithoutOutputs() {
        assertThat(reply(request("tail").put("n", 1).put("output", true))).isEqualTo("[[1,3,[\"int a;\",null]]]");
    }

    @Test
    void unknownWayOfAskingFindsNothing() {
        assertThat(reply(request("sideways"))).isEqualTo("[]");
    }

    private static ObjectNode request(String access) {
        return Message.newObject().put("hist_access_type", access).put("raw", true);
    }

    private String reply(ObjectNode request) {
        return history.reply(request).path("history").toString();
    }
}
