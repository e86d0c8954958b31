package dev.retort.kernel.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    private Path parent;
    private Path folder;
    private History history;

    @BeforeEach
    void threeCells() {
        folder = parent.resolve("history");
        history = new History(folder, System.err);
        history.add(1, "int a;");
        history.add(2, "a.b()");
        history.add(3, "int a;");
        reply(request("tail")); // Comes when they are written.
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
        assertThat(reply(request("search").put("pattern", "*b*)*"))).isEqualTo("[[1,2,\"a.b()\"]]");
        assertThat(reply(request("search").put("pattern", "*b*)*x"))).isEqualTo("[]");
    }

    @Test
    void outputIsAPairWithoutOutputs() {
        assertThat(reply(request("tail").put("n", 1).put("output", true))).isEqualTo("[[1,3,[\"int a;\",null]]]");
    }

    @Test
    void unknownWayOfAskingFindsNothing() {
        assertThat(reply(request("sideways"))).isEqualTo("[]");
    }

    @Test
    void laterSessionSeesTheEarlierOnes() {
        history.close();
        history = new History(folder, System.err);
        assertThat(reply(request("range").put("session", 0))).isEqualTo("[]");
        history.add(1, "żółć;\n\"two lines\"");
        assertThat(reply(request("tail").put("n", 2))).isEqualTo("[[1,3,\"int a;\"],[2,1,\"żółć;\\n\\\"two lines\\\"\"]]");
        assertThat(reply(request("range").put("session", -1).put("start", 2).put("stop", 3))).isEqualTo("[[1,2,\"a.b()\"]]");
        assertThat(reply(request("range").put("session", 1).put("start", 1).put("stop", 2))).isEqualTo("[[1,1,\"int a;\"]]");
    }

    @Test
    void kernelsThatWriteAtOnceAreSessionsOfTheirOwn() {
        History other = new History(folder, System.err);
        other.add(1, "other");
        history.add(4, "mine");
        other.add(2, "other");
        other.close();
        assertThat(reply(request("tail").put("n", 3))).isEqualTo("[[1,4,\"mine\"],[2,1,\"other\"],[2,2,\"other\"]]");
    }

    @Test
    void tornLineIsLeftOut() throws Exception {
        Files.writeString(folder.resolve("1.jsonl"), "{\"line\":4,\"code\":\"to", StandardOpenOption.APPEND);
        assertThat(reply(request("tail").put("n", 1))).isEqualTo("[[1,3,\"int a;\"]]");
    }

    @Test
    void onlyTheUserMayReadIt() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("1.jsonl")))).isEqualTo("rw-------");
    }

    @Test
    void oldestSessionsMakeRoom() {
        history.close();
        IntStream.rangeClosed(2, 4).forEach(session -> {
            try (History large = new History(folder, System.err)) {
                large.add(1, "x".repeat((int) SessionFiles.MAX_BYTES / 2));
            }
        });
        history = new History(folder, System.err);
        assertThat(reply(request("range").put("session", 1))).isEqualTo("[]");
        assertThat(reply(request("range").put("session", 4))).hasSizeGreaterThan(1000);
    }

    @Test
    void diskThatFailsCostsTheHistoryOnly() throws Exception {
        Path file = Files.createFile(parent.resolve("file"));
        History broken = new History(file.resolve("history"), System.err);
        broken.add(1, "1");
        broken.add(2, "2");
        assertThat(broken.reply(request("tail")).path("history")).isEmpty();
    }

    private static ObjectNode request(String access) {
        return Message.newObject().put("hist_access_type", access).put("raw", true);
    }

    private String reply(ObjectNode request) {
        return history.reply(request).path("history").toString();
    }
}
