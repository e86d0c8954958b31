package dev.retort.kernel.session;

import dev.retort.kernel.assist.Assistant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/** What a user should know though nothing failed: lines on stderr. */
final class Notices {
    private final JShell shell;
    private final Assistant assistant;

    Notices(JShell shell, Assistant assistant) {
        this.shell = shell;
        this.assistant = assistant;
    }

    /** Says what a declaration did to those that use the older one of its name: JShell compiles them again. */
    void ofRedeclaration(List<SnippetEvent> events) {
        List<SnippetEvent> users = events.stream().filter(Notices::concernsUser).toList();
        tell(events, users.stream().filter(each -> !isDefined(each)), "these cannot be used until they are declared anew, too: ");
        tell(events, users.stream().filter(each -> isDefined(each) && each.snippet() instanceof VarSnippet),
                "these variables of its type were reset: ");
    }

    private static boolean concernsUser(SnippetEvent event) {
        return event.causeSnippet() != null && event.snippet() instanceof DeclarationSnippet
                && event.previousStatus() == Snippet.Status.VALID && event.status() != Snippet.Status.OVERWRITTEN;
    }

    private static boolean isDefined(SnippetEvent event) {
        return event.status() == Snippet.Status.VALID;
    }

    private static void tell(List<SnippetEvent> events, Stream<SnippetEvent> users, String what) {
        String names = users.map(each -> ((DeclarationSnippet) each.snippet()).name()).collect(Collectors.joining(", "));
        if (!names.isEmpty() && events.get(0).snippet() instanceof DeclarationSnippet cause) {
            System.err.println(cause.name() + " was declared anew; " + what + names);
        }
    }

    /** A later cell may declare what a method uses, so this is no error; but it is often a slip of the pen. */
    void ofUnresolved(List<Snippet> evaluated) {
        for (Snippet snippet : evaluated) {
            if (snippet instanceof DeclarationSnippet declaration
                    && (shell.status(snippet) == Snippet.Status.RECOVERABLE_DEFINED
                    || shell.status(snippet) == Snippet.Status.RECOVERABLE_NOT_DEFINED)) {
                System.err.println(lacks(declaration));
            }
        }
    }

    String lacks(DeclarationSnippet declaration) {
        List<String> missing = shell.unresolvedDependencies(declaration).toList();
        String imports = missing.stream().map(each -> each.substring(each.indexOf(' ') + 1))
                .filter(each -> Character.isUpperCase(each.charAt(0))).map(assistant::importOf).distinct().collect(Collectors.joining(" "));
        return declaration.name() + " cannot be used until this is declared: " + String.join(", ", missing)
                + (imports.isBlank() ? "" : "; hint: " + imports.strip());
    }
}
