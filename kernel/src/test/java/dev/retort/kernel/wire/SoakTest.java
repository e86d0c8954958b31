package dev.retort.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user does in a working day, without the pauses: a round is some ten minutes of it. The system property
 * {@code retort.soak.rounds} makes the day longer.
 */
@Timeout(3600)
class SoakTest {
    private static final int ROUNDS = Integer.getInteger("retort.soak.rounds", 50);
    private static final int WARM_UP = 10;
    private static final int RESTARTS = 2;
    /** So much more may be in use at the end, however many rounds there were. */
    private static final long HEAP_KB = 6 * 1024;
    private static final long RESIDENT_KB = 64 * 1024;
    private static final String[] MEMORY = {"-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch",
        "-XX:SoftRefLRUPolicyMSPerMB=0"};

    @Test
    void memoryThreadsAndFilesStayAsTheyAre(@TempDir Path folder) throws Exception {
        for (int start = 0; start <= RESTARTS; start++) {
            try (KernelProcess kernel = new KernelProcess(folder, MEMORY); Client client = kernel.connect()) {
                rounds(client, WARM_UP);
                KernelProcess.Usage before = kernel.usage(client);
                rounds(client, ROUNDS / (RESTARTS + 1));
                KernelProcess.Usage after = kernel.usage(client);
                assertThat(after.heapKb()).isLessThan(before.heapKb() + HEAP_KB);
                assertThat(after.residentKb()).isLessThanOrEqualTo(before.residentKb() + RESIDENT_KB);
                assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 2);
                assertThat(after.openFiles()).isLessThanOrEqualTo(before.openFiles() + 2);
            }
        }
    }

    @Test
    void compilersForgetTheLambdasOfEarlierCells(@TempDir Path folder) throws Exception {
        String cell = "var idle = new Thread(() -> \"" + "x".repeat(50_000) + "\".length());";
        try (KernelProcess kernel = new KernelProcess(folder, MEMORY); Client client = kernel.connect()) {
            KernelProcess.value(client, cell);
            KernelProcess.Usage before = kernel.usage(client);
            for (int i = 0; i < 250; i++) {
                KernelProcess.value(client, cell);
            }
            assertThat(kernel.usage(client).heapKb()).isLessThan(before.heapKb() + 60 * 1024); // The text of cells is kept.
        }
    }

    private static void rounds(Client client, int count) {
        for (int round = 0; round < count; round++) {
            cells(client, round);
            interrupted(client);
            subshell(client);
            ask(client, Channel.SHELL, "complete_request", Message.newObject().put("code", "System.out.pri").put("cursor_pos", 14));
            ask(client, Channel.SHELL, "inspect_request",
                    Message.newObject().put("code", "String").put("cursor_pos", 6).put("detail_level", 0));
            ask(client, Channel.SHELL, "history_request",
                    Message.newObject().put("hist_access_type", "tail").put("n", 5).put("output", false).put("raw", true));
            assertThat(client.heartbeat()).isTrue();
        }
    }

    private static void cells(Client client, int round) {
        assertThat(KernelProcess.value(client, "record Point(int x, int y) { }\nvar point = new Point(" + round + ", 2);\npoint.x()"))
                .isEqualTo(Integer.toString(round));
        assertThat(KernelProcess.value(client, "byte[] large = new byte[10_000_000]; large.length")).isEqualTo("10000000");
        KernelProcess.value(client, "for (int i = 0; i < 1000; i++) System.out.println(i);");
        KernelProcess.value(client, "var id = display(\"a\"); for (int i = 0; i < 50; i++) updateDisplay(id, i);");
        KernelProcess.value(client, "var thread = new Thread(() -> System.out.print(\"behind\")); thread.start(); thread.join();");
        assertThat(execute(client, "int[] none = {}; none[0]").path("ename").asText()).endsWith("ArrayIndexOutOfBoundsException");
        assertThat(execute(client, "int x = ;").path("ename").asText()).isEqualTo("CompileError");
    }

    private static void interrupted(Client client) {
        Message spinning = client.send(Channel.SHELL, "execute_request",
                Message.newObject().put("code", "System.out.println(\"spinning\"); while (true) { }"));
        client.receive(Channel.IOPUB, message -> message.type().equals("stream")
                && message.parent().path("msg_id").asText().equals(spinning.id()));
        ask(client, Channel.CONTROL, "interrupt_request", Message.newObject());
        assertThat(client.receive(Channel.SHELL, spinning).content().path("ename").asText()).isEqualTo("Interrupted");
    }

    private static void subshell(Client client) {
        String id = ask(client, Channel.CONTROL, "create_subshell_request", Message.newObject()).path("subshell_id").asText();
        Message request = client.send(Channel.SHELL,
                Client.request("execute_request", Message.newObject().put("code", "point.y()"), id));
        assertThat(client.receive(Channel.SHELL, request).content().path("status").asText()).isEqualTo("ok");
        ask(client, Channel.CONTROL, "delete_subshell_request", Message.newObject().put("subshell_id", id));
    }

    private static ObjectNode execute(Client client, String code) {
        return ask(client, Channel.SHELL, "execute_request", Message.newObject().put("code", code));
    }

    private static ObjectNode ask(Client client, Channel channel, String type, ObjectNode content) {
        return client.receive(channel, client.send(channel, type, content)).content();
    }
}
