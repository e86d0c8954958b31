package dev.retort.kernel.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what a cell threw and where: the lines of cells, quoted; the frames of libraries between them folded. */
final class TraceReport {
    /** Lines of cells shown of one exception; the rest is counted. */
    private static final int PLACES = 8;
    /** Lines quoted before and after the one that threw. */
    private static final int CONTEXT = 2;
    private static final String KERNEL = "dev.retort.kernel.";

    private final Origins origins;
    private final Map<StackTraceElement, Optional<Origins.Place>> places = new HashMap<>();
    private final List<String> report = new ArrayList<>();

    private TraceReport(Origins origins) {
        this.origins = origins;
    }

    /** @param thrown what a cell threw */
    static CellException of(Thrown thrown, Origins origins) {
        TraceReport trace = new TraceReport(origins);
        trace.describe(thrown, List.of());
        return new CellException(name(thrown), message(thrown), trace.report);
    }

    /** @param message says what is not declared, which is why {@code thrown} was thrown */
    static CellException undeclared(Thrown thrown, String message, Origins origins) {
        TraceReport trace = new TraceReport(origins);
        trace.describe(CellException.COMPILE_ERROR, message, "", thrown.frames());
        return new CellException(CellException.COMPILE_ERROR, message, trace.report);
    }

    private static String name(Thrown thrown) {
        return Origins.unwrapped(thrown.type());
    }

    private static String message(Thrown thrown) {
        return thrown.message() == null ? "" : Origins.unwrapped(thrown.message());
    }

    private void describe(Thrown thrown, List<StackTraceElement> enclosing) {
        describe(name(thrown), message(thrown), TraceHints.of(thrown), thrown.framesBeside(enclosing));
        for (Thrown suppressed : thrown.suppressed()) {
            report.add("besides");
            describe(suppressed, thrown.frames());
        }
        if (thrown.cause() != null) {
            report.add("caused by");
            describe(thrown.cause(), thrown.frames());
        }
    }

    private void describe(String name, String message, String hint, List<StackTraceElement> frames) {
        report.add(Ansi.red(name) + (message.isEmpty() ? "" : ": " + message));
        if (!hint.isEmpty()) {
            report.add("  hint: " + hint);
        }
        List<StackTraceElement> library = new ArrayList<>();
        Set<Origins.Place> seen = new HashSet<>();
        int repeated = 0;
        for (StackTraceElement frame : frames) {
            Optional<Origins.Place> place = places.computeIfAbsent(frame, origins::of); // A recursion repeats its frames.
            if (place.isEmpty()) {
                library.add(frame);
            } else if (!seen.add(place.get())) {
                repeated += isStatement(frame) ? 0 : 1; // JShell may split a statement in two methods.
                library.clear();
            } else {
                count(repeated, "more times");
                repeated = 0;
                if (seen.size() <= PLACES) {
                    fold(library);
                    quote(frame, place.get(), seen.size() == 1 ? CONTEXT : 0);
                }
                library.clear();
            }
        }
        count(repeated, "more times");
        count(seen.size() - PLACES, "more lines of cells");
        if (seen.isEmpty()) {
            fold(library);
        }
    }

    private void count(int number, String what) {
        if (number > 0) {
            report.add(Ansi.dim("  … " + number + " " + what));
        }
    }

    private void fold(List<StackTraceElement> library) {
        library.removeIf(frame -> frame.getClassName().startsWith(KERNEL));
        if (!library.isEmpty()) {
            StackTraceElement top = library.get(0);
            String more = library.size() == 1 ? "" : " and " + (library.size() - 1) + " more";
            report.add(Ansi.dim("  … in " + top.getClassName() + "." + top.getMethodName() + more));
        }
    }

    private void quote(StackTraceElement frame, Origins.Place place, int context) {
        report.add("  " + Ansi.bold(place.toString()) + method(frame));
        List<String> lines = place.cell().lines();
        int last = Math.min(lines.size(), place.line() + context);
        for (int number = Math.max(1, place.line() - context); number <= last; number++) {
            boolean marked = number == place.line();
            String line = "%s %4d │ %s".formatted(marked ? "→" : " ", number, lines.get(number - 1));
            report.add(marked ? Ansi.red(line) : line);
        }
    }

    private static String method(StackTraceElement frame) {
        String method = frame.getMethodName();
        if (isStatement(frame) || method.startsWith("lambda$")) {
            return "";
        }
        String type = Origins.unwrapped(frame.getClassName()).replace('$', '.');
        if (method.equals("<clinit>")) {
            return " in the static initializer of " + type;
        }
        return " in " + (type.isEmpty() ? "" : type + ".") + (method.equals("<init>") ? "new" : method) + "()";
    }

    private static boolean isStatement(StackTraceElement frame) {
        return frame.getMethodName().startsWith("do_it$");
    }
}
