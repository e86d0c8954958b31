package dev.retort.kernel.session;

import dev.retort.kernel.assist.Assistant;
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
    /** An assignment shows nothing; the type of a choice depends on what it is assigned to. */
    private static final Pattern OTHER = Pattern.compile("(?<![=!<>+\\-*/%&|^])=(?!=)|\\?|\\bswitch\\b");

    private ValueVariable() {
    }

    /** Whether it may be an expression with a value to show. Declarations and statements end otherwise. */
    static boolean mayHold(CompletionInfo unit) {
        char last = Assistant.lastSignificant(unit.source());
        return unit.completeness() == Completeness.COMPLETE && last != ';' && last != '}' && !OTHER.matcher(unit.source()).find();
    }

    /** What stands before the expression in its declaration. */
    static String head(int number) {
        return "Object " + NAME + number + " = (";
    }

    /** What stands behind it. The brackets keep {@code a, b} from being two variables. */
    static String tail() {
        return "\n);";
    }

    static boolean is(Snippet snippet) {
        return snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                || snippet instanceof VarSnippet variable && variable.name().startsWith(NAME);
    }
}
