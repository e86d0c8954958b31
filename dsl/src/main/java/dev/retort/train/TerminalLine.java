package dev.retort.train;

import java.io.Console;
import java.io.PrintStream;

/** Shows progress in one line of the terminal, rewritten in place. */
final class TerminalLine implements Monitor {
    private static final String TO_LINE_START_AND_CLEAR = "\r\033[2K";

    private final PrintStream out;

    private TerminalLine(PrintStream out) {
        this.out = out;
    }

    /** A line on the terminal; nothing when the program does not run in one. */
    static Monitor create() {
        return isTerminal() ? new TerminalLine(System.err) : progress -> { };
    }

    @Override
    public void show(Progress progress) {
        boolean last = progress.state() != Progress.State.RUNNING;
        out.print(TO_LINE_START_AND_CLEAR + progress + (last ? System.lineSeparator() : ""));
        out.flush();
    }

    /** From Java 22 on there is a console without a terminal too, and a method that tells. */
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null || Runtime.version().feature() < 22) {
            return console != null;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
