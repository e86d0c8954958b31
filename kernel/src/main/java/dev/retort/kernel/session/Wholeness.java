package dev.retort.kernel.session;

import dev.retort.kernel.assist.Assistant;
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
                case DEFINITELY_INCOMPLETE:
                    return INCOMPLETE;
                case COMPLETE:
                    rest = info.remaining();
                    break;
                default:
                    // JShell takes int x = = 3; for complete.
                    return Assistant.isMalformed(code) ? INVALID : COMPLETE;
            }
        }
    }
}
