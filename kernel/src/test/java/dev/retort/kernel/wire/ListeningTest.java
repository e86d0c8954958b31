package dev.retort.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ListeningTest {
    private static final String LISTENING = "0A";

    @Test
    void processListensOnFivePortsOfTheLoopbackInterfaceOnly(@TempDir Path folder) throws Exception {
        try (KernelProcess kernel = new KernelProcess(folder)) {
            assertThat(addresses(Path.of("/proc/" + kernel.pid()))).containsExactlyInAnyOrderElementsOf(
                    kernel.connection().ports().values().stream().map(port -> "127.0.0.1:" + port).toList());
        }
    }

    /** What a process listens on, as Linux tells it: the entries of the network's tables that are its open files. */
    private static List<String> addresses(Path process) throws IOException {
        Set<String> sockets = sockets(process.resolve("fd"));
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            Path file = process.resolve(table);
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                String[] fields = line.strip().split("\\s+"); // A number, the local and remote address, the state, ..., the inode, ...
                if (fields[3].equals(LISTENING) && sockets.contains("socket:[" + fields[9] + "]")) {
                    addresses.add(address(fields[1]));
                }
            }
        }
        return addresses;
    }

    private static Set<String> sockets(Path openFiles) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(openFiles)) {
            for (Path file : files) {
                try {
                    sockets.add(Files.readSymbolicLink(file).toString());
                } catch (NoSuchFileException closedMeanwhile) {
                    // Then it does not listen.
                }
            }
        }
        return sockets;
    }

    /** Decodes words of 32 bits in the order of this machine, in hexadecimal; IPv4 may be mapped to IPv6. */
    private static String address(String local) throws IOException {
        int colon = local.indexOf(':');
        ByteBuffer bytes = ByteBuffer.allocate(colon / 2).order(ByteOrder.nativeOrder());
        for (int i = 0; i < colon; i += 8) {
            bytes.putInt(Integer.parseUnsignedInt(local.substring(i, i + 8), 16));
        }
        return InetAddress.getByAddress(bytes.array()).getHostAddress() + ":" + Integer.parseInt(local.substring(colon + 1), 16);
    }
}
