package dev.retort.kernel.session;

import dev.retort.kernel.assist.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.tools.JavaFileManager;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/** What the next cell sees. It is kept up to date by JShell's events, so that it can be asked while a cell runs. */
final class CellSurroundings implements Surroundings {
    /** @param wrapper the class that JShell made around a declaration */
    private record Declared(List<Import> made, String wrapper) {
    }

    private final JShell shell;
    private final CellLoader loader;
    private final JShellMemory memory;
    private final Supplier<List<Path>> classPath;
    private final Map<Snippet, Declared> declared = new ConcurrentHashMap<>();
    private final Packages packages;
    private List<Path> known;
    private JavaFileManager files;

    CellSurroundings(JShell shell, CellLoader loader, Supplier<List<Path>> classPath, Packages packages) {
        this.shell = shell;
        this.loader = loader;
        this.memory = JShellMemory.of(shell);
        this.classPath = classPath;
        this.packages = packages;
        shell.onSnippetEvent(this::update);
    }

    private void update(SnippetEvent event) {
        Snippet snippet = event.snippet();
        if (event.status() == Snippet.Status.REJECTED) {
            return;
        }
        String wrapper = shell.sourceCodeAnalysis().wrapper(snippet).fullClassName();
        List<Import> made = event.status().isDefined() ? importsOf(snippet, wrapper) : List.of();
        Declared before = made.isEmpty() ? declared.remove(snippet) : declared.put(snippet, new Declared(made, wrapper));
        if (made.isEmpty()) {
            forget(wrapper);
        }
        if (memory != null && !(event.status().isActive() && snippet instanceof PersistentSnippet)) {
            memory.forgetSnippet(snippet);
        }
        if (before != null && !before.wrapper().equals(wrapper)) {
            forget(before.wrapper());
        }
    }

    /** Methods of one name share a wrapper. */
    private void forget(String wrapper) {
        if (declared.values().stream().noneMatch(each -> each.wrapper().equals(wrapper))) {
            loader.forget(wrapper);
            if (memory != null) {
                memory.forgetClass(wrapper);
            }
        }
    }

    private static List<Import> importsOf(Snippet snippet, String wrapper) {
        if (snippet instanceof ImportSnippet each) {
            return Imports.of(each).stream().map(Import::new).toList();
        }
        return snippet instanceof PersistentSnippet each
                ? List.of(new Import("static " + wrapper + "." + each.name())) : List.of();
    }

    @Override
    public List<Import> imports() {
        return declared.values().stream().flatMap(each -> each.made().stream()).toList();
    }

    @Override
    public synchronized JavaFileManager files() {
        List<Path> now = classPath();
        if (!now.equals(known)) {
            known = now;
            StandardJavaFileManager jdk = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
            files = loader.classes().on(new CompilerFiles(jdk, () -> now, packages));
        }
        return files;
    }

    @Override
    public String source(String className) {
        return declared.entrySet().stream().filter(each -> each.getValue().wrapper().equals(className)).findFirst()
                .map(each -> shell.sourceCodeAnalysis().wrapper(each.getKey()).wrapped()).orElse(null);
    }

    @Override
    public List<Path> classPath() {
        return classPath.get();
    }
}
