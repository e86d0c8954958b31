package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Message;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamTest extends JupyterFixture {
    @Test
    void noneOfTwoHundredThousandLinesIsLost() {
        Message request = execute("for (int i = 0; i < 200_000; i++) System.out.println(i);");
        assertThat(printed(client.published(request)).lines()).containsExactlyElementsOf(
                IntStream.range(0, 200_000).mapToObj(Integer::toString).toList());
    }

    @Test
    void partOfALineIsShownWhileTheCellRuns() {
        Message request = execute("System.out.print(\"10 %\\r\"); while (true) { }");
        awaitPrinted(request, "10 %\r");
        interrupt();
        reply(request);
    }

    @Test
    void characterMayComeInPieces() {
        assertThat(printed(client.published(execute("""
                System.out.print('\\ud83d'); System.out.print('\\ude00');
                for (byte b : "żółć".getBytes("UTF-8")) { System.out.write(b); System.out.flush(); }"""))))
                .isEqualTo("😀żółć");
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

    private static String printed(List<Message> published) {
        StringBuilder text = new StringBuilder();
        published.stream().filter(message -> message.type().equals("stream"))
                .forEach(message -> text.append(message.content().path("text").asText()));
        return text.toString();
    }
}
