package dev.retort.kernel.session;

import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Completes code, explains it, and says whether it is whole. Positions count UTF-16 units, as Java does. */
public final class Assistant {
    private final SourceCodeAnalysis analysis;

    Assistant(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    /**
     * What may stand at the cursor.
     *
     * @param matches texts that replace the code from {@code start} to the cursor; those of the expected type come first
     */
    public record Completion(List<String> matches, int start) {
    }

    /** Whether code can be evaluated as it stands. */
    public enum Wholeness { COMPLETE, INCOMPLETE, INVALID }

    /** Completes the code before the cursor. */
    public Completion complete(String code, int cursor) {
        int start = statementStart(code, cursor);
        int[] anchor = {cursor - start};
        List<Suggestion> suggestions = analysis.completionSuggestions(code.substring(start, cursor), cursor - start, anchor);
        List<String> matches = suggestions.stream()
                .sorted((a, b) -> Boolean.compare(b.matchesType(), a.matchesType()))
                .map(Suggestion::continuation)
                .distinct()
                .toList();
        return new Completion(matches, matches.isEmpty() ? cursor : start + anchor[0]);
    }

    /** Signatures, and Javadoc where sources are at hand, of what the cursor stands on; empty if it is nothing known. */
    public String explain(String code, int cursor) {
        int end = cursor;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        int start = statementStart(code, end);
        String statement = code.substring(start, end);
        List<Documentation> found = analysis.documentation(statement, statement.length(), true);
        if (found.isEmpty()) {
            // JShell explains a method only inside its parentheses.
            found = analysis.documentation(statement + "(", statement.length() + 1, true);
        }
        return found.stream()
                .map(each -> each.javadoc() == null ? each.signature() : each.signature() + "\n\n" + each.javadoc().strip())
                .distinct()
                .collect(Collectors.joining("\n\n"));
    }

    /** Whether the code is whole, wants more lines, or is wrong whatever follows. */
    public Wholeness wholeness(String code) {
        String rest = code;
        while (true) {
            CompletionInfo info = analysis.analyzeCompletion(rest);
            switch (info.completeness()) {
                case EMPTY:
                    return Wholeness.COMPLETE;
                case DEFINITELY_INCOMPLETE:
                    return Wholeness.INCOMPLETE;
                case COMPLETE:
                    if (isErroneous(info.source())) {
                        return Wholeness.INVALID;
                    }
                    rest = info.remaining();
                    break;
                default:
                    return isErroneous(info.source()) ? Wholeness.INVALID : Wholeness.COMPLETE;
            }
        }
    }

    /** JShell's analysis accepts {@code int x = = 3;}; its parser does not. */
    private boolean isErroneous(String source) {
        return analysis.sourceToSnippets(source).stream().anyMatch(snippet -> snippet.kind() == Snippet.Kind.ERRONEOUS);
    }

    /** Where the statement that reaches to {@code end} starts: JShell completes one statement. */
    private int statementStart(String code, int end) {
        int start = 0;
        while (true) {
            CompletionInfo info = analysis.analyzeCompletion(code.substring(start, end));
            if (info.completeness() != Completeness.COMPLETE || info.remaining().isBlank()) {
                return start;
            }
            start = end - info.remaining().length();
        }
    }
}
