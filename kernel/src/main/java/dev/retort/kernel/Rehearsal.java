package dev.retort.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Caller;
import dev.retort.kernel.wire.Connection;
import dev.retort.kernel.wire.Message;
import java.io.IOException;

/** A front end's first minute with a kernel of the same process: what is loaded in it, the JVM can archive for the
 * starts to come. */
public final class Rehearsal {
    /** So often that the JVM learns which methods are worth compiling. After five times as many it compiles too much at the start. */
    private static final int TIMES = 200;

    private Rehearsal() {
    }

    /** Asks the kernel at the other end what front ends ask first, and shuts it down. */
    public static void play(Connection connection) throws IOException {
        try (Caller caller = new Caller(connection)) {
            caller.ask("kernel_info_request", Message.newObject());
            for (String cell : new String[] {"1 + 1", "int a = 1; int twice(int x) { return 2 * x; } record Point(int x, int y) {}",
                "System.out.println(twice(a));", "List.of(new Point(1, 2))", "display(\"a\", \"text/html\");", "a / 0", "twcie(a)"}) {
                caller.ask("execute_request", code(cell));
            }
            caller.ask("is_complete_request", code("int x = "));
            for (int i = 0; i < TIMES; i++) {
                caller.ask("execute_request", code("1 + " + i));
                if (i % 10 == 0) {
                    caller.ask("complete_request", atEnd("Strin"));
                    caller.ask("complete_request", atEnd("System.out.pri"));
                }
            }
            caller.ask("inspect_request", atEnd("String.valueOf("));
            caller.ask("shutdown_request", Message.newObject());
        }
    }

    private static ObjectNode atEnd(String code) {
        return code(code).put("cursor_pos", code.length());
    }

    private static ObjectNode code(String code) {
        return Message.newObject().put("code", code);
    }
}
