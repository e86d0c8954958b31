package dev.retort.kernel.session;

import java.util.List;

/** A cell ended early: it does not compile, threw, or was interrupted. */
public final class CellException extends Exception {
    /** The name of a failure to compile. */
    public static final String COMPILE_ERROR = "CompileError";
    /** The name of an interruption. */
    public static final String INTERRUPTED = "Interrupted";

    private final String name;
    private final List<String> report;

    CellException(String name, String message, List<String> report) {
        super(message, null, false, false);
        this.name = name;
        this.report = List.copyOf(report);
    }

    static CellException interrupted() {
        return interrupted("the cell was interrupted");
    }

    /** The cell was interrupted, but a library that it called takes no notice. */
    static CellException abandoned() {
        return interrupted("the cell was interrupted; the library that it called takes no notice and goes on in the background");
    }

    private static CellException interrupted(String message) {
        return new CellException(INTERRUPTED, message, List.of(Ansi.red(INTERRUPTED) + ": " + message));
    }

    /** A failure in a line that is not Java, which is quoted. */
    public static CellException at(Cell cell, int line, String name, String message) {
        String text = line <= cell.lines().size() ? cell.lines().get(line - 1) : "";
        return new CellException(name, message, List.of(Ansi.red(name) + ": " + message,
                "  " + Ansi.bold(cell.name() + ", line " + line), Ansi.red("→ %4d │ %s".formatted(line, text))));
    }

    /** The exception's type as the user knows it, {@value #COMPILE_ERROR} or {@value #INTERRUPTED}. */
    public String name() {
        return name;
    }

    /** Lines to show, with ANSI colours: what happened, where in the cell, and why. */
    public List<String> report() {
        return report;
    }
}
