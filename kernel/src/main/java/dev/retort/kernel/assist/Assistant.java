package dev.retort.kernel.assist;

import com.sun.source.util.TreePath;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Completes and explains the code of a cell. Positions count UTF-16 units, as Java does. Threads take turns. */
public final class Assistant {
    private static final Executor A_LITTLE_LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Assistant::start);

    private final Surroundings surroundings;
    private final KeptCompiler compiler;
    private List<Path> known;
    private FutureTask<TypeIndex> index;
    private Sources sources;

    public Assistant(Surroundings surroundings) {
        this.surroundings = surroundings;
        compiler = new KeptCompiler(surroundings);
    }

    /** What may stand at the cursor: names that begin as the one before it, or files in a string. */
    public synchronized Completion complete(String code, int cursor) {
        String before = code.substring(0, cursor);
        Outline outline = Outline.of(before);
        return switch (outline.context()) {
            case STRING -> FileNames.complete(before, outline.literalStart());
            case COMMENT -> new Completion(List.of(), cursor);
            case CODE -> completeName(code, cursor);
        };
    }

    private Completion completeName(String code, int cursor) {
        try {
            return namesAt(code, cursor);
        } finally {
            refresh();
        }
    }

    private Completion namesAt(String code, int cursor) {
        int start = Words.start(code, cursor);
        String prefix = code.substring(start, cursor);
        int newline = code.indexOf('\n', cursor);
        char previous = Words.significantBefore(code, start);
        boolean member = previous == '.' || previous == ':';
        Header header = header(code, name -> code.contains(name) || !member && name.startsWith(prefix));
        CellSource source = CellSource.upToCursor(header, code.substring(0, cursor) + Completer.REST,
                newline < 0 ? "" : code.substring(newline));
        boolean called = code.startsWith("(", Words.end(code, cursor));
        return Analysis.of(source, compiler, analysis -> {
            TreePath name = analysis.nameAtCursor();
            return name == null ? new Completion(List.of(), cursor)
                    : new Completion(new Completer(analysis, this::index, name, prefix, called).matches(), start);
        });
    }

    /**
     * What the name means that the cursor is in or at the end of, else the method in whose parentheses it is.
     *
     * @param withSource whether to show the source of the declaration, too
     * @return null if that is not known
     */
    public synchronized Explanation explain(String code, int cursor, boolean withSource) {
        int end = Words.end(code, cursor);
        String name = code.substring(Words.start(code, end), end);
        Header header = header(code, code::contains);
        CellSource source = Outline.of(code).isBalanced()
                ? CellSource.of(header, code, end) : CellSource.upToCursor(header, code.substring(0, end), "");
        return Analysis.of(source, compiler, analysis -> {
            Meaning meaning = Meaning.at(analysis, name);
            return meaning.elements().isEmpty() ? null
                    : new Documentation(analysis, surroundings, sources()).of(meaning, withSource);
        });
    }

    /** What to write instead of a usual slip, in one line; null where that is not sure. */
    public synchronized String hint(Slip slip) {
        String hint = new TextHints(slip).hint();
        if (hint != null) {
            return hint;
        }
        CellSource source = CellSource.of(header(slip.code(), name -> true), slip.code(), slip.end());
        return Analysis.of(source, compiler, analysis -> {
            String ofName = new NameHints(slip, analysis, index()).hint();
            return ofName == null ? new TypeHints(slip, analysis).hint() : ofName;
        });
    }

    /** The import that brings in a class of this simple name, if only one package has it; else an empty string. */
    public synchronized String importOf(String type) {
        List<String> found = index().named(type);
        return found.size() == 1 ? "import " + found.get(0) + ";" : "";
    }

    /** What would close all brackets that the code leaves open, the innermost first. */
    public static String closers(String code) {
        return Outline.of(code).closers().replace(";", "");
    }

    /** The last character that is neither blank nor in a comment; 0 if there is none. */
    public static char lastSignificant(String code) {
        return Outline.of(code).lastSignificant();
    }

    /** Whether the code breaks the grammar; what its names mean does not matter. */
    public static boolean isMalformed(String code) {
        return Analysis.isMalformed(code);
    }

    /** @param matters which names that earlier cells declared: thousands would be as many classes to read */
    private Header header(String code, Predicate<String> matters) {
        boolean isThere = surroundings.classPath().equals(known) && index.isDone();
        return Header.of(surroundings.imports(), code, isThere ? index() : null, matters);
    }

    private TypeIndex index() {
        refresh();
        index.run(); // Unless it is being made, or there.
        try {
            return index.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while the index of classes was made");
        } catch (ExecutionException e) {
            known = null;
            throw new IllegalStateException("the index of classes cannot be made", e.getCause());
        }
    }

    private Sources sources() {
        refresh();
        return sources;
    }

    /** The index is made a little after the first answer, unless one needs it: what people wait for would have to share the processor. */
    private void refresh() {
        List<Path> classPath = surroundings.classPath();
        if (!classPath.equals(known)) {
            index = new FutureTask<>(() -> new TypeIndex(classPath));
            A_LITTLE_LATER.execute(index);
            sources = new Sources(classPath);
            known = classPath;
        }
    }

    /** Not in the common pool, which cells may keep busy. */
    private static void start(Runnable work) {
        Thread thread = new Thread(work, "index of classes");
        thread.setDaemon(true);
        thread.start();
    }
}
