package dev.retort.kernel.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/** Lets the classes go that no cell to come can use: of code that ran, and of declarations that are no longer in force. */
final class UnusedClasses {
    private final JShell shell;
    private final CellLoader loader;
    private final JShellMemory memory;
    /** The class around each declaration that is in force. */
    private final Map<Snippet, String> used = new ConcurrentHashMap<>();

    UnusedClasses(JShell shell, CellLoader loader) {
        this.shell = shell;
        this.loader = loader;
        this.memory = JShellMemory.of(shell);
        shell.onSnippetEvent(this::update);
    }

    private void update(SnippetEvent event) {
        Snippet snippet = event.snippet();
        if (event.status() != Snippet.Status.REJECTED || ValueVariable.is(snippet)) {
            forgetClasses(event);
        }
        if (memory != null) {
            memory.countCompiled(snippet);
            if (isOver(event)) {
                memory.forgetSnippet(snippet);
            }
        }
    }

    private void forgetClasses(SnippetEvent event) {
        Snippet snippet = event.snippet();
        String wrapper = shell.sourceCodeAnalysis().wrapper(snippet).fullClassName();
        boolean inForce = event.status().isDefined() && snippet instanceof PersistentSnippet;
        String before = inForce ? used.put(snippet, wrapper) : used.remove(snippet);
        if (!inForce) {
            forget(wrapper);
        }
        if (before != null && !before.equals(wrapper)) {
            forget(before);
        }
    }

    private static boolean isOver(SnippetEvent event) {
        return event.status() == Snippet.Status.REJECTED ? event.snippet().kind() == Snippet.Kind.ERRONEOUS || ValueVariable.is(event.snippet())
                : !(event.status().isActive() && event.snippet() instanceof PersistentSnippet);
    }

    /** Methods of one name share a wrapper. */
    private void forget(String wrapper) {
        if (!used.containsValue(wrapper)) {
            loader.forget(wrapper);
            if (memory != null) {
                memory.forgetClass(wrapper);
            }
        }
    }
}
