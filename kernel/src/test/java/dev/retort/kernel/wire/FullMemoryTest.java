package dev.retort.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FullMemoryTest {

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
}
