package dev.retort.kernel.session;

import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Whether code can be evaluated as it stands. */
public enum Wholeness {
    /** It can. */
    COMPLETE,
    /** It wants more lines. */
    INCOMPLETE,
    /** It is wrong whatever follows. */
    INVALID;

    static Wholeness of(String code, SourceCodeAnalysis analysis) {
        String rest = code;
        while (true) {
            CompletionInfo info = analysis.analyzeCompletion(rest);
            switch (info.completeness()) {
                case EMPTY:
                    return COMPLETE;
                case DEFINITELY_INCOMPLETE:
                    return INCOMPLETE;
                case COMPLETE:
                    if (isErroneous(info.source(), analysis)) {
                        return INVALID;
                    }
                    rest = info.remaining();
                    break;
                default:
                    return isErroneous(info.source(), analysis) ? INVALID : COMPLETE;
            }
        }
    }

    /** JShell's analysis accepts {@code int x = = 3;}; its parser does not. */
    private static boolean isErroneous(String source, SourceCodeAnalysis analysis) {
        return analysis.sourceToSnippets(source).stream().anyMatch(snippet -> snippet.kind() == Snippet.Kind.ERRONEOUS);
    }
}
