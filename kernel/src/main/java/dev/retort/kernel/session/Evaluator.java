package dev.retort.kernel.session;

import dev.retort.kernel.assist.Assistant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;

/** Evaluates the statements of cells with JShell, and turns what JShell says of them into values and failures. */
final class Evaluator {
    private static final Pattern BLANKS = Pattern.compile("(?s)(?:\\s++|//[^\\n]*+|/\\*.*?\\*/)++");

    private final JShell shell;
    private final CellControl control;
    private final Origins origins;
    private final Assistant assistant;
    private final Preload preload;
    private final Notices notices;
    private volatile Thrown lastThrown;
    private int expressions;

    /** @param assistant gives hints at what may be meant */
    Evaluator(JShell shell, CellControl control, Origins origins, Assistant assistant) {
        this.shell = shell;
        this.control = control;
        this.origins = origins;
        this.assistant = assistant;
        preload = new Preload(shell);
        notices = new Notices(shell, assistant);
    }

    /** Makes the imports evaluated so far, which until then are only gathered. */
    void compileImports() {
        preload.compile();
    }

    /** What a cell threw last, or null. */
    Thrown lastThrown() {
        return lastThrown;
    }

    /** The failure of a cell whose code threw this. */
    CellException failure(Thrown thrown) {
        lastThrown = thrown;
        return TraceReport.of(thrown, origins);
    }

    /** See {@link Session#evaluate(Cell, int, int)}. */
    Object evaluate(Cell cell, int start, int end) throws CellException {
        if (preload.takes(cell.code().substring(start, end))) {
            return null;
        }
        preload.compile();
        List<Snippet> evaluated = new ArrayList<>();
        Object value = null;
        int at = start;
        while (true) {
            at = skipBlanks(cell.code(), at, end);
            String rest = cell.code().substring(at, end);
            CompletionInfo unit = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            Completeness completeness = unit.completeness();
            if (completeness == Completeness.EMPTY) {
                notices.ofUnresolved(evaluated);
                return value;
            }
            if (completeness == Completeness.DEFINITELY_INCOMPLETE) {
                throw CompileReport.incomplete(cell, at);
            }
            value = evaluate(unit, new Origins.Origin(cell, at, 0), evaluated);
            int next = completeness == Completeness.COMPLETE ? end - unit.remaining().length() : end;
            if (value != null && Assistant.lastSignificant(cell.code().substring(at, next)) == ';') {
                value = null;
            }
            at = next;
        }
    }

    /** JShell gives an expression the line where the comments before it start. */
    private static int skipBlanks(String code, int start, int end) {
        Matcher blanks = BLANKS.matcher(code).region(start, end);
        return blanks.lookingAt() ? blanks.end() : start;
    }

    private Object evaluate(CompletionInfo unit, Origins.Origin origin, List<Snippet> evaluated) throws CellException {
        stopIfInterrupted();
        if (ValueVariable.mayHold(unit)) {
            String head = ValueVariable.head(++expressions);
            List<SnippetEvent> events = shell.eval(head + unit.source() + ValueVariable.tail());
            if (events.get(0).status() == Snippet.Status.VALID) {
                return outcome(events, new Origins.Origin(origin.cell(), origin.offset(), head.length()), evaluated);
            }
        }
        return outcome(shell.eval(unit.source()), origin, evaluated); // Has no value, or an error that JShell explains.
    }

    private Object outcome(List<SnippetEvent> all, Origins.Origin origin, List<Snippet> evaluated) throws CellException {
        Object value = control.takeValue();
        Thrown thrown = control.takeThrown();
        List<SnippetEvent> events = all.stream().filter(event -> event.causeSnippet() == null).toList();
        for (SnippetEvent event : events) {
            if (event.status() != Snippet.Status.REJECTED) {
                origins.put(event.snippet(), origin);
                evaluated.add(event.snippet());
            }
        }
        try {
            stopIfInterrupted();
            for (SnippetEvent event : events) {
                failIfRejected(event, origin);
                failIfThrown(event, thrown);
            }
            notices.ofRedeclaration(all);
            return !events.isEmpty() && isValue(events.get(events.size() - 1).snippet()) ? value : null;
        } finally {
            events.forEach(event -> tidyUp(event.snippet()));
        }
    }

    private void tidyUp(Snippet snippet) {
        if (snippet.kind() == Snippet.Kind.IMPORT) {
            preload.restore();
        }
        if (ValueVariable.is(snippet) && shell.status(snippet).isActive()) { // Thousands would slow every cell and fill the memory.
            shell.drop(snippet);
            control.forget(((VarSnippet) snippet).name());
        }
    }

    private static void stopIfInterrupted() throws CellException {
        CellThread thread = CellThread.current();
        if (thread != null) {
            thread.stopIfInterrupted();
        }
    }

    private void failIfRejected(SnippetEvent event, Origins.Origin origin) throws CellException {
        if (event.status() == Snippet.Status.REJECTED) {
            List<Diag> errors = shell.diagnostics(event.snippet()).filter(Diag::isError).toList();
            throw CompileReport.of(errors, origin, event.snippet().source(), assistant::hint);
        }
    }

    private void failIfThrown(SnippetEvent event, Thrown thrown) throws CellException {
        if (event.exception() instanceof UnresolvedReferenceException unresolved) {
            throw TraceReport.undeclared(thrown, notices.lacks(unresolved.getSnippet()), origins);
        }
        if (event.exception() != null) {
            throw failure(thrown);
        }
    }

    private static boolean isValue(Snippet snippet) {
        return switch (snippet.subKind()) {
            case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND -> true;
            default -> ValueVariable.is(snippet);
        };
    }
}
