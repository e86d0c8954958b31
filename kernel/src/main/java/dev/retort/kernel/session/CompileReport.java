package dev.retort.kernel.session;

import dev.retort.kernel.assist.Assistant;
import dev.retort.kernel.assist.Slip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jshell.Diag;

/** Says what the compiler rejects, with the offending text of the cell underlined, and what may have been meant. */
final class CompileReport {
    /** Errors shown of one statement: those after them mostly follow from them. */
    private static final int MOST = 3;

    private CompileReport() {
    }

    /**
     * @param errors of the snippet at {@code origin}; positions are relative to it
     * @param source the snippet
     * @param hints  what may have been meant, or null
     */
    static CellException of(List<Diag> errors, Origins.Origin origin, String source, Function<Slip, String> hints) {
        List<String> report = new ArrayList<>();
        errors.stream().limit(MOST).forEach(error -> {
            report.add(Ansi.red(CellException.COMPILE_ERROR) + ": " + message(error));
            Slip slip = slip(error, source);
            hint(slip, hints).filter(hint -> !report.contains(hint)).ifPresent(report::add);
            underline(report, origin.cell(), origin.offset() + start(slip), origin.offset() + slip.end());
        });
        if (errors.size() > MOST) {
            report.add(Ansi.dim("  … and " + (errors.size() - MOST) + " more"));
        }
        return new CellException(CellException.COMPILE_ERROR,
                errors.stream().limit(MOST).map(CompileReport::message).collect(Collectors.joining("\n")), report);
    }

    private static Slip slip(Diag error, String source) {
        int start = (int) Math.max(0, Math.min(source.length(), error.getStartPosition()));
        int end = (int) Math.max(start, Math.min(source.length(), error.getEndPosition()));
        return new Slip(error.getCode(), source, start, end);
    }

    /** A hint that fails must not cost the error. */
    private static Optional<String> hint(Slip slip, Function<Slip, String> hints) {
        try {
            return Optional.ofNullable(hints.apply(slip)).map("  hint: "::concat);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Of {@code names.szie} only the name after the dot is wrong. */
    private static int start(Slip slip) {
        boolean unknown = slip.problem().startsWith("compiler.err.cant.resolve");
        return unknown ? Math.max(slip.start(), slip.end() - slip.name().length()) : slip.start();
    }

    /** The text from {@code offset} on opens something that it does not close. */
    static CellException incomplete(Cell cell, int offset) {
        int start = offset;
        while (start < cell.code().length() && Character.isWhitespace(cell.code().charAt(start))) {
            start++;
        }
        String message = "the cell is incomplete: what starts here does not end";
        List<String> report = new ArrayList<>();
        report.add(Ansi.red(CellException.COMPILE_ERROR) + ": " + message);
        String closers = Assistant.closers(cell.code().substring(start));
        if (!closers.isEmpty()) {
            report.add("  hint: it lacks " + closers);
        }
        underline(report, cell, start, cell.code().length());
        return new CellException(CellException.COMPILE_ERROR, message, report);
    }

    private static String message(Diag error) {
        // The class that the compiler looked in is the one around the snippet, whose name JShell has removed.
        return error.getMessage(null).replaceAll("\\n\\s*location: class\\s*$", "").replace(" in class  ", " ").strip();
    }

    private static void underline(List<String> report, Cell cell, int start, int end) {
        int number = cell.lineAt(start);
        int lineStart = cell.startOf(number);
        int newline = cell.code().indexOf('\n', lineStart);
        int lineEnd = newline < 0 ? cell.code().length() : newline;
        int from = start - lineStart;
        int to = Math.max(from, Math.min(end, lineEnd) - lineStart);
        String line = cell.code().substring(lineStart, lineEnd);
        String gutter = "  %4d │ ".formatted(number);
        report.add("  " + Ansi.bold(cell.name() + ", line " + number));
        report.add(gutter + line.substring(0, from) + Ansi.red(line.substring(from, to)) + line.substring(to));
        report.add(" ".repeat(gutter.length()) + line.substring(0, from).replaceAll("[^\t]", " ")
                + Ansi.red("^".repeat(Math.max(1, to - from))));
    }
}
