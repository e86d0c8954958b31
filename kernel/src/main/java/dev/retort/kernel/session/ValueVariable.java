package dev.retort.kernel.session;

import java.util.regex.Pattern;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;

/**
 * A variable that holds the value of an expression until it is shown. JShell makes one of its own, {@code $1}, for which it first
 * finds out the type, twice; one that is declared as an {@code Object} takes two thirds of the time.
 */
final class ValueVariable {
    private static final String NAME = "$value$";
    private static final Pattern ASSIGNMENT = Pattern.compile("(?<![=!<>+\\-*/%&|^])=(?!=)");

    private ValueVariable() {
    }

    /**
     * Whether it is an expression with a value to show, or a call of a method that has none: declarations and statements end
     * otherwise, and assignments show nothing.
     */
    static boolean mayHold(CompletionInfo unit) {
        String source = unit.source().strip();
        return unit.completeness() == Completeness.COMPLETE && !source.endsWith(";") && !source.endsWith("}")
                && !ASSIGNMENT.matcher(source).find();
    }

    /** What stands before the expression in its declaration. */
    static String head(int number) {
        return "Object " + NAME + number + " = ";
    }

    static boolean is(Snippet snippet) {
        return snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                || snippet instanceof VarSnippet variable && variable.name().startsWith(NAME);
    }
}
