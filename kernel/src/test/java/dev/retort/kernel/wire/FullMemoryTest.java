package dev.retort.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FullMemoryTest {
    private static final int LINES = 200_000;
    private static final int LINE_LENGTH = 800;

    @ParameterizedTest
    @ValueSource(strings = {
        "var all = new ArrayList<Object>(); while (true) all.add(new long[10_000]);",
        "var all = new ArrayList<Object>(); while (true) all.add(new Object());",
    })
    void cellAfterAnOutOfMemoryErrorRuns(String cell, @TempDir Path folder) throws Exception {
        try (KernelProcess kernel = new KernelProcess(folder, "-Xmx128m", "-XX:+UseSerialGC"); Client client = kernel.connect()) {
            Message filling = client.send(Channel.SHELL, "execute_request", Message.newObject().put("code", cell));
            assertThat(client.receive(Channel.SHELL, filling).content().path("ename").asText()).isEqualTo("java.lang.OutOfMemoryError");
            assertThat(KernelProcess.value(client, "1 + 1")).isEqualTo("2");
            KernelProcess.value(client, "all = null;");
            assertThat(KernelProcess.value(client, "new long[1_000_000].length")).isEqualTo("1000000");
        }
    }

    @Test
    void moreThanTheHeapHoldsIsPrintedToASlowFrontEndAndNoLineIsLost(@TempDir Path folder) throws Exception {
        try (KernelProcess kernel = new KernelProcess(folder, "-Xmx128m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
                Client client = slow(kernel.connection())) {
            Message request = client.send(Channel.SHELL, "execute_request", Message.newObject().put("code",
                    "String filler = \"x\".repeat(" + LINE_LENGTH + ");\n"
                    + "for (int i = 0; i < " + LINES + "; i++) { System.out.println(i + filler); }"));
            kernel.awaitRest(); // It would have run out of memory, had nothing held up the cell.
            assertThat(printed(client, request).lines()).containsExactlyElementsOf(
                    IntStream.range(0, LINES).mapToObj(Integer::toString).toList());
            assertThat(client.receive(Channel.SHELL, request).content().path("status").asText()).isEqualTo("ok");
        }
    }

    private static Client slow(Connection connection) {
        Client client = new Client(connection, "slow", EnumSet.of(Channel.SHELL));
        client.takeOneAtATime(Channel.IOPUB);
        client.connect(Channel.IOPUB);
        client.awaitWelcome();
        return client;
    }

    /** What a cell prints, without the filler. */
    private static String printed(Client client, Message request) {
        StringBuilder printed = new StringBuilder();
        Message message = client.receive(Channel.IOPUB, request);
        while (!message.content().path("execution_state").asText().equals("idle")) {
            printed.append(message.content().path("text").asText().replace("x", ""));
            message = client.receive(Channel.IOPUB, request);
        }
        return printed.toString();
    }
}
