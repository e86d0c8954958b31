package dev.retort.kernel.session;

import dev.retort.kernel.assist.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.tools.JavaFileManager;
import javax.tools.ToolProvider;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/** What the next cell sees. It is kept up to date by JShell's events, so that it can be asked while a cell runs. */
final class CellSurroundings implements Surroundings {
    /** @param wrapper the class that JShell made around a declaration */
    private record Declared(Import made, String wrapper) {
    }

    private final JShell shell;
    private final CellClasses classes;
    private final Supplier<List<Path>> classPath;
    private final Map<Snippet, Declared> declared = new ConcurrentHashMap<>();
    private List<Path> known;
    private JavaFileManager files;

    CellSurroundings(JShell shell, CellClasses classes, Supplier<List<Path>> classPath) {
        this.shell = shell;
        this.classes = classes;
        this.classPath = classPath;
        shell.onSnippetEvent(this::update);
    }

    private void update(SnippetEvent event) {
        Snippet snippet = event.snippet();
        if (event.status() == Snippet.Status.REJECTED) {
            return;
        }
        String wrapper = shell.sourceCodeAnalysis().wrapper(snippet).fullClassName();
        Import made = event.status().isDefined() ? importOf(snippet, wrapper) : null;
        Declared before = made == null ? declared.remove(snippet) : declared.put(snippet, new Declared(made, wrapper));
        if (made == null) {
            classes.forget(wrapper);
        }
        if (before != null && !before.wrapper().equals(wrapper)) {
            classes.forget(before.wrapper());
        }
    }

    private static Import importOf(Snippet snippet, String wrapper) {
        if (snippet instanceof ImportSnippet each) {
            String name = each.fullname().substring(each.fullname().lastIndexOf('.') + 1);
            return new Import(name, "import " + (each.isStatic() ? "static " : "") + each.fullname() + ";");
        }
        return snippet instanceof PersistentSnippet each
                ? new Import(each.name(), "import static " + wrapper + "." + each.name() + ";") : null;
    }

    @Override
    public List<Import> imports() {
        return declared.values().stream().map(Declared::made).toList();
    }

    @Override
    public synchronized JavaFileManager files() {
        List<Path> now = classPath();
        if (!now.equals(known)) {
            known = now;
            files = classes.on(new CompilerFiles(ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null), () -> now));
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
