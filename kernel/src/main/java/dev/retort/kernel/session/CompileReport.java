package dev.retort.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.Diag;

/** Says what the compiler rejects, with the offending text of the cell underlined. */
final class CompileReport {
    private CompileReport() {
    }

    /** @param errors of the snippet at {@code origin}; positions are relative to it */
    static CellException of(List<Diag> errors, Origins.Origin origin) {
        List<String> report = new ArrayList<>();
        for (Diag error : errors) {
            report.add(Ansi.red(CellException.COMPILE_ERROR) + ": " + message(error));
            int length = origin.cell().code().length();
            int start = Math.min(length, origin.offset() + (int) Math.max(0, error.getStartPosition()));
            int end = Math.min(length, origin.offset() + (int) Math.max(0, error.getEndPosition()));
            underline(report, origin.cell(), start, end);
        }
        return new CellException(CellException.COMPILE_ERROR,
                errors.stream().map(CompileReport::message).collect(Collectors.joining("\n")), report);
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
        underline(report, cell, start, cell.code().length());
        return new CellException(CellException.COMPILE_ERROR, message, report);
    }

    private static String message(Diag error) {
        // The class that the compiler looked in is the one around the snippet, whose name JShell has removed.
        return error.getMessage(null).replaceAll("\\n\\s*location: class\\s*$", "").strip();
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
