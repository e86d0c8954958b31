package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTest extends JupyterFixture {
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
    void outputsAreCleared() {
        assertThat(content(client.published(execute("%clear")), "clear_output").path("wait").asBoolean()).isFalse();
        assertThat(content(client.published(execute("%clear wait")), "clear_output").path("wait").asBoolean()).isTrue();
    }

    @Test
    void liveValueKeepsUpWithItsUpdates() {
        List<Message> published = client.published(execute(
                "var live = display(0); for (int i = 1; i <= 1000; i++) updateDisplay(live, i);"));
        List<Message> updates = published.stream().filter(message -> message.type().equals("update_display_data")).toList();
        assertThat(updates).isNotEmpty();
        assertThat(updates.get(updates.size() - 1).content().path("data").path("text/plain").asText()).isEqualTo("1000");
    }

    @Test
    void valueThatChangesTenTimesASecondIsSeenToChange() {
        List<String> values = new ArrayList<>();
        List<Duration> times = new ArrayList<>();
        Message request = execute(
                "var live = display(0); for (int i = 1; i <= 20; i++) { updateDisplay(live, i); Thread.sleep(100); }");
        Message message = client.receive(Channel.IOPUB, request);
        while (!message.content().path("execution_state").asText().equals("idle")) {
            if (message.type().equals("update_display_data")) {
                values.add(message.content().path("data").path("text/plain").asText());
                times.add(Duration.ofNanos(System.nanoTime()));
            }
            message = client.receive(Channel.IOPUB, request);
        }
        Duration idle = Duration.ofNanos(System.nanoTime());
        assertThat(values).hasSizeBetween(18, 20).endsWith("20");
        Duration last = times.get(times.size() - 1);
        assertThat(last.minus(times.get(0))).as("from the first to the last").isGreaterThan(Duration.ofSeconds(1));
        assertThat(idle.minus(last)).as("from the last to the end").isLessThan(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            text/html         ~ <b>bold</b>
            text/markdown     ~ # Title
            text/latex        ~ $x^2$
            image/svg+xml     ~ <svg/>
            """)
    void textArrivesAsTheTypeThatWasAskedFor(String type, String text) {
        String operands = "(\"%s\", \"%s\")".formatted(text, type);
        ObjectNode expected = Message.newObject().put(type, text).put("text/plain", text);
        assertThat(data("render" + operands, "execute_result")).isEqualTo(expected);
        assertThat(data("display" + operands + ";", "display_data")).isEqualTo(expected);
    }

    @Test
    void jsonArrivesAsAValueAndNotAsItsText() {
        String operands = "(\"{\\\"rows\\\": [1, null]}\", \"application/json\")";
        assertThat(data("render" + operands, "execute_result").path("application/json")).hasToString("{\"rows\":[1,null]}");
        assertThat(data("display" + operands + ";", "display_data").path("application/json")).hasToString("{\"rows\":[1,null]}");
    }

    private JsonNode data(String code, String type) {
        return content(client.published(execute(code)), type).path("data");
    }
}
