package dev.retort.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/**
 * The imports that a session starts with, compiled as one snippet: one by one, each would cost as much as a cell. JShell takes
 * a text of several imports for the first of them and puts all of it above every cell.
 */
final class Preload {
    /** Imported anyway: the name under which JShell keeps the others, and which hardly anybody imports again. */
    private static final String ANCHOR = "java.lang.*";

    private final JShell shell;
    private final List<String> imports = new ArrayList<>();
    private boolean gathering = true;
    private Snippet together;

    Preload(JShell shell) {
        this.shell = shell;
    }

    /** Takes code that consists of imports, until {@link #compile}; other code is left to the caller. */
    boolean takes(String code) {
        return gathering && Imports.addAll(code, imports);
    }

    /** Makes the imports taken so far. */
    void compile() {
        if (gathering) {
            gathering = false;
            List<SnippetEvent> events = shell.eval(statement(ANCHOR) + imports.stream().map(Preload::statement).collect(Collectors.joining()));
            if (events.get(0).status() == Snippet.Status.VALID) {
                together = events.get(0).snippet();
            } else {
                compileSingly();
            }
        }
    }

    /** To be called when a cell has imported something: an import of the anchor's name replaces the whole. */
    void restore() {
        if (together != null && shell.status(together) != Snippet.Status.VALID) {
            together = null;
            compileSingly();
        }
    }

    private void compileSingly() {
        for (String each : imports) {
            if (shell.eval(statement(each)).get(0).status() == Snippet.Status.REJECTED) {
                System.err.println("not found: " + statement(each));
            }
        }
    }

    private static String statement(String imported) {
        return "import " + imported + ";";
    }
}
