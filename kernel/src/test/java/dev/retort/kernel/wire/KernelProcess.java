package dev.retort.kernel.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A kernel in a process of its own, as Jupyter starts it. */
final class KernelProcess implements AutoCloseable {
    private final Path folder;
    private final Connection connection;
    private final Process process;

    /** @param folder of its own: a distribution without libraries, the connection file and what the kernel writes */
    KernelProcess(Path folder, String... options) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("cells"));
        Path connectionFile = Client.connectionFile(folder, "secret");
        connection = Connection.read(connectionFile);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.add("--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-Dretort.home=" + folder,
                "dev.retort.kernel.cli.KernelMain", connectionFile.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log());
        builder.environment().put("RETORT_HISTORY", folder.resolve("history").toString());
        builder.environment().put("MALLOC_ARENA_MAX", "1"); // As the kernelspec says.
        process = builder.start();
        try (Client client = connect()) {
            value(client, "1");
        }
    }

    Connection connection() {
        return connection;
    }

    long pid() {
        return process.pid();
    }

    /** What it writes to the terminal. */
    File log() {
        return folder.resolve("log").toFile();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has hardly anything to calculate. */
    void awaitRest() throws InterruptedException {
        Duration before;
        Duration now = calculated();
        do {
            before = now;
            Thread.sleep(1000);
            now = calculated();
        } while (now.minus(before).toMillis() > 200);
    }

    private Duration calculated() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** A front end that hears what is published. */
    Client connect() {
        Client client = new Client(connection);
        client.awaitWelcome();
        return client;
    }

    /** The text of a cell's result. */
    static String value(Client client, String code) {
        Message request = client.send(Channel.SHELL, "execute_request", Message.newObject().put("code", code));
        ObjectNode result = null;
        for (Message each : client.published(request)) {
            if (each.type().equals("error")) {
                throw new AssertionError(code + ": " + each.content());
            }
            result = each.type().equals("execute_result") ? each.content() : result;
        }
        return result == null ? null : result.path("data").path("text/plain").asText();
    }

    /** What it uses now, after a collection of garbage. */
    Usage usage(Client client) throws IOException {
        for (int i = 0; i < 3; i++) {
            value(client, "System.gc(); Thread.sleep(50);"); // Each cell lets go of what the collection before it found unused.
        }
        String[] numbers = value(client, """
                var os = (com.sun.management.UnixOperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean();
                var runtime = Runtime.getRuntime();
                System.gc();
                (runtime.totalMemory() - runtime.freeMemory()) / 1024 + " " + Thread.getAllStackTraces().size() + " "
                    + os.getOpenFileDescriptorCount()""").replace("\"", "").split(" ");
        return new Usage(Long.parseLong(numbers[0]), residentKb(), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }

    private long residentKb() throws IOException {
        Path status = Path.of("/proc/" + pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst().orElse(0);
        }
    }

    /**
     * @param heapKb      in use
     * @param residentKb  in the machine's memory, all of the heap included once it was touched; 0 where the system does not tell
     * @param threads     alive
     * @param openFiles   descriptors
     */
    record Usage(long heapKb, long residentKb, int threads, int openFiles) {
    }

    @Override
    public void close() throws IOException {
        try (Client client = connect()) {
            client.send(Channel.CONTROL, "shutdown_request", Message.newObject().put("restart", false));
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the kernel did not end within 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
