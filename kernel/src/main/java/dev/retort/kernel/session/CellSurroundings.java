package dev.retort.kernel.session;

import dev.retort.kernel.assist.Surroundings;
import dev.retort.kernel.render.ValueText;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
    private static final int LONGEST_VALUE = 200;

    /** @param wrapper the class that JShell made around a declaration */
    private record Declared(List<Import> made, String wrapper) {
    }

    private final JShell shell;
    private final CellLoader loader;
    private final Supplier<List<Path>> classPath;
    private final Map<Snippet, Declared> declared = new ConcurrentHashMap<>();
    private final Packages packages;
    private final AtomicInteger revision = new AtomicInteger();
    private List<Path> known;
    private JavaFileManager files;

    CellSurroundings(JShell shell, CellLoader loader, Supplier<List<Path>> classPath, Packages packages) {
        this.shell = shell;
        this.loader = loader;
        this.classPath = classPath;
        this.packages = packages;
        shell.onSnippetEvent(this::update);
    }

    private void update(SnippetEvent event) {
        revision.incrementAndGet();
        Snippet snippet = event.snippet();
        if (event.status().isDefined() && snippet instanceof PersistentSnippet each) {
            String wrapper = shell.sourceCodeAnalysis().wrapper(snippet).fullClassName();
            declared.put(snippet, new Declared(importsOf(each, wrapper), wrapper));
        } else {
            declared.remove(snippet);
        }
    }

    private static List<Import> importsOf(PersistentSnippet snippet, String wrapper) {
        if (snippet instanceof ImportSnippet each) {
            return Imports.of(each).stream().map(Import::new).toList();
        }
        return List.of(new Import("static " + wrapper + "." + snippet.name()));
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
            revision.incrementAndGet();
            StandardJavaFileManager jdk = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
            files = loader.classes().on(new CompilerFiles(jdk, () -> now, packages));
        }
        return files;
    }

    @Override
    public int revision() {
        return revision.get();
    }

    @Override
    public String source(String className) {
        return declared.entrySet().stream().filter(each -> each.getValue().wrapper().equals(className)).findFirst()
                .map(each -> shell.sourceCodeAnalysis().wrapper(each.getKey()).wrapped()).orElse(null);
    }

    @Override
    public String value(String className, String variable) {
        try {
            Field field = loader.findClass(className).getDeclaredField(variable);
            field.setAccessible(true);
            Object value = field.get(null);
            return Glance.at(() -> ValueText.brief(value, LONGEST_VALUE));
        } catch (ReflectiveOperationException | LinkageError e) {
            return null; // It was declared anew meanwhile, or its type is not declared yet.
        }
    }

    @Override
    public List<Path> classPath() {
        return classPath.get();
    }
}
