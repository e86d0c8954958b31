package dev.retort.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
    private static final String FILE = """
            {"transport": "%s", "ip": "127.0.0.1", "shell_port": 1, "control_port": 2, "stdin_port": 3, "iopub_port": 4,
             "hb_port": 5, "key": "%s", "signature_scheme": "%s", "kernel_name": "retort"}""";

    @TempDir
    private Path folder;

    @Test
    void fileNamesEveryAddress() throws Exception {
        Connection connection = read(FILE.formatted("tcp", "k", "hmac-sha256"));
        assertThat(connection.key()).isEqualTo("k");
        assertThat(connection.address(Channel.SHELL)).isEqualTo("tcp://127.0.0.1:1");
        assertThat(connection.address(Channel.HEARTBEAT)).isEqualTo("tcp://127.0.0.1:5");
    }

    @Test
    void otherTransportIsRefused() {
        assertThatThrownBy(() -> read(FILE.formatted("ipc", "k", "hmac-sha256")))
                .isInstanceOf(IOException.class).hasMessageContaining("'ipc'").hasMessageContaining("'tcp'");
    }

    @Test
    void otherSignaturesAreRefusedWhereMessagesAreSigned() throws Exception {
        assertThatThrownBy(() -> read(FILE.formatted("tcp", "k", "hmac-md5")))
                .isInstanceOf(IOException.class).hasMessageContaining("'hmac-md5'").hasMessageContaining("'hmac-sha256'");
        assertThat(read(FILE.formatted("tcp", "", "")).key()).isEmpty();
    }

    @Test
    void missingFieldIsNamed() {
        assertThatThrownBy(() -> read("{\"transport\": \"tcp\", \"key\": \"\"}"))
                .isInstanceOf(IOException.class).hasMessageContaining("connection.json").hasMessageContaining("'shell_port'");
    }

    @Test
    void takenAddressIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Connection connection = read(FILE.formatted("tcp", "", "").replace("\"shell_port\": 1",
                    "\"shell_port\": " + taken.getLocalPort()));
            assertThatThrownBy(() -> new Wire(connection, System.err))
                    .isInstanceOf(IOException.class).hasMessageContaining("tcp://127.0.0.1:" + taken.getLocalPort());
        }
    }

    private Connection read(String text) throws IOException {
        return Connection.read(Files.writeString(folder.resolve("connection.json"), text));
    }
}
