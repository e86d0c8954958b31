package dev.retort.kernel.session;

import dev.retort.kernel.assist.Assistant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;

/**
 * JShell in this process: evaluates cells and keeps what they declare. Knows nothing of Jupyter.
 *
 * <p>The code of a cell runs on a {@link CellThread}; the caller waits. Several cells may run beside each other on as many of
 * them: JShell is used by one thread at a time, and let go while the code of a cell runs. Cells see the JDK, the contracts of
 * {@code org.dflib.jjava.jupyter} and the class path given here, and none of the libraries of the process around them.
 */
public final class Session implements AutoCloseable {
    /** The names of variables appear in the messages of null pointers. */
    private static final String DEBUG = "-g";
    private static final Pattern BLANKS = Pattern.compile("(?s)(?:\\s++|//[^\\n]*+|/\\*.*?\\*/)++");

    private final CellLoader loader = new CellLoader(this::unloaded);
    private final ReentrantLock lock = new ReentrantLock();
    private final CellControl control = new CellControl(loader, lock);
    private final List<Path> classPath = new CopyOnWriteArrayList<>();
    private final Preload preload;
    private final Origins origins;
    private final JShell shell;
    private final Assistant assistant;
    private final Declarations declarations;
    private volatile Thrown lastThrown;

    /**
     * Starts a session.
     *
     * @param contracts where the contracts shared with the cells are; the compiler sees them, loading goes through this process
     * @param libraries jars and folders that cells see
     * @param packages  knows what is in them
     * @param compilerOptions as {@code javac} takes them
     */
    public Session(Path contracts, List<Path> libraries, Packages packages, List<String> compilerOptions) {
        libraries.forEach(loader::add);
        classPath.add(contracts);
        classPath.addAll(libraries);
        shell = JShell.builder()
                .executionEngine(control, Map.of())
                .compilerOptions(Stream.concat(Stream.of(DEBUG), compilerOptions.stream()).toArray(String[]::new))
                .fileManager(files -> new CompilerFiles(files, this::compilerPath, packages))
                .build();
        origins = new Origins(shell.sourceCodeAnalysis());
        assistant = new Assistant(new CellSurroundings(shell, loader, this::compilerPath, packages));
        declarations = new Declarations(shell, loader.loader());
        preload = new Preload(shell);
    }

    /** Makes the imports evaluated so far: until now they were only gathered, to be compiled together. */
    public void completeStart() {
        withJShell(() -> {
            preload.compile();
            return null;
        });
    }

    /** Brings Java's compiler up, which takes much of the start. Evaluates nothing. */
    public void warmUp() {
        withJShell(() -> shell.sourceCodeAnalysis().analyzeType("1", 0));
    }

    private void unloaded(String wrapper) {
        origins.forget(wrapper);
    }

    /** What completes and explains the code of cells; it does not wait for a running cell. */
    public Assistant assistant() {
        return assistant;
    }

    /** Whether the code can be evaluated as it stands. Waits while a cell is compiled, not while it runs. */
    public Wholeness wholeness(String code) {
        return CellThread.outsideCode(() -> withJShell(() -> Wholeness.of(code, shell.sourceCodeAnalysis())));
    }

    /** Asks what cells declared, or drops it. */
    public <T> T declared(Function<Declarations, T> question) {
        return CellThread.outsideCode(() -> withJShell(() -> question.apply(declarations)));
    }

    /** The failure of a cell whose code threw this when the kernel called it. */
    public CellException failure(Throwable thrown) {
        Thrown read = Thrown.of(thrown);
        return CellThread.outsideCode(() -> withJShell(() -> failure(read)));
    }

    private CellException failure(Thrown thrown) {
        lastThrown = thrown;
        return TraceReport.of(thrown, origins);
    }

    /** Every frame of what a cell threw last; empty if none did. */
    public List<String> lastTrace() {
        Thrown thrown = lastThrown;
        return thrown == null ? List.of() : withJShell(() -> FullTrace.of(thrown, origins));
    }

    /** The loader that sees all that cells see. */
    public ClassLoader loader() {
        return loader.loader();
    }

    /** Shows cells another jar or folder of classes, from the next statement on. One that they see already is not added again. */
    public void addToClassPath(Path jarOrFolder) {
        Path path = jarOrFolder.toAbsolutePath().normalize();
        if (classPath.contains(path)) {
            return;
        }
        loader.add(path);
        classPath.add(path);
        CellThread.outsideCode(() -> withJShell(() -> {
            shell.addToClasspath(path.toString());
            return null;
        }));
    }

    /** What cells see, in order. */
    public List<Path> classPath() {
        return List.copyOf(classPath);
    }

    private List<Path> compilerPath() {
        return Stream.concat(classPath.stream(), Stream.of(SharedLoader.JSON_JAR)).toList();
    }

    /** Another thread for cells, beside those that there are. */
    public CellThread newThread() {
        return new CellThread(loader.loader());
    }

    /**
     * Runs code of the kernel that calls code of a cell, such as a result's {@code toString()}, where the cell's code runs.
     *
     * @throws CellException if it is interrupted
     * @throws Exception     what {@code code} throws
     */
    public <T> T run(Callable<T> code) throws Exception {
        CellThread thread = CellThread.current();
        if (thread == null) {
            return code.call();
        }
        try {
            return thread.call(code);
        } catch (Stop.Stopped e) {
            throw thread.interruption();
        }
    }

    /** Evaluates a whole cell. */
    public Object evaluate(Cell cell) throws CellException {
        return evaluate(cell, 0, cell.code().length());
    }

    /**
     * Evaluates the statements of a part of a cell, one after the other. Their code runs on the thread on which the caller
     * {@linkplain CellThread#begin began} a cell; on the caller's own if it began none, as in a cell that evaluates another one.
     *
     * @return the value of the last one if it is an expression without a semicolon, else null
     * @throws CellException at the first one that does not compile, throws, or is interrupted
     */
    public Object evaluate(Cell cell, int start, int end) throws CellException {
        return CellThread.outsideCode(() -> withJShell(() -> evaluateAll(cell, start, end)));
    }

    private <T, E extends Exception> T withJShell(CellThread.Action<T, E> action) throws E {
        lock.lock();
        try {
            return action.run();
        } finally {
            lock.unlock();
        }
    }

    private Object evaluateAll(Cell cell, int start, int end) throws CellException {
        if (preload.takes(cell.code().substring(start, end))) {
            return null;
        }
        preload.compile();
        List<Snippet> evaluated = new ArrayList<>();
        Object value = null;
        int at = start;
        while (true) {
            at = skipBlanks(cell.code(), at, end);
            String rest = cell.code().substring(at, end);
            CompletionInfo unit = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            Completeness completeness = unit.completeness();
            if (completeness == Completeness.EMPTY) {
                warnOfUnresolved(evaluated);
                return value;
            }
            if (completeness == Completeness.DEFINITELY_INCOMPLETE) {
                throw CompileReport.incomplete(cell, at);
            }
            value = evaluate(unit.source(), new Origins.Origin(cell, at), evaluated);
            int next = completeness == Completeness.COMPLETE ? end - unit.remaining().length() : end;
            if (value != null && endsWithSemicolon(cell.code().substring(at, next))) {
                value = null;
            }
            at = next;
        }
    }

    /** JShell gives an expression the line where the comments before it start. */
    private static int skipBlanks(String code, int start, int end) {
        Matcher blanks = BLANKS.matcher(code).region(start, end);
        return blanks.lookingAt() ? blanks.end() : start;
    }

    /** A semicolon put after the statement becomes part of it only if it had none. */
    private boolean endsWithSemicolon(String statement) {
        return !shell.sourceCodeAnalysis().analyzeCompletion(statement + "\n;").remaining().isBlank();
    }

    private Object evaluate(String source, Origins.Origin origin, List<Snippet> evaluated) throws CellException {
        stopIfInterrupted();
        List<SnippetEvent> events = shell.eval(source).stream().filter(event -> event.causeSnippet() == null).toList();
        Object value = control.takeValue();
        Thrown thrown = control.takeThrown();
        for (SnippetEvent event : events) {
            origins.put(event.snippet(), origin);
            evaluated.add(event.snippet());
        }
        stopIfInterrupted();
        for (SnippetEvent event : events) {
            failIfRejected(event, origin);
            failIfThrown(event, thrown);
        }
        if (events.isEmpty()) {
            return null;
        }
        Snippet last = events.get(events.size() - 1).snippet();
        if (last.kind() == Snippet.Kind.IMPORT) {
            preload.restore();
        }
        dropIfTemporary(last);
        return isValue(last) ? value : null;
    }

    /** JShell keeps each value in a variable such as {@code $1}: thousands of them would slow every cell and fill the memory. */
    private void dropIfTemporary(Snippet snippet) {
        if (snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
            shell.drop(snippet);
            control.forget(((VarSnippet) snippet).name());
        }
    }

    private static void stopIfInterrupted() throws CellException {
        CellThread thread = CellThread.current();
        if (thread != null) {
            thread.stopIfInterrupted();
        }
    }

    private void failIfRejected(SnippetEvent event, Origins.Origin origin) throws CellException {
        if (event.status() == Snippet.Status.REJECTED) {
            List<Diag> errors = shell.diagnostics(event.snippet()).filter(Diag::isError).toList();
            throw CompileReport.of(errors, origin, event.snippet().source(), assistant::hint);
        }
    }

    private void failIfThrown(SnippetEvent event, Thrown thrown) throws CellException {
        if (event.exception() instanceof UnresolvedReferenceException unresolved) {
            throw TraceReport.undeclared(thrown, lacks(unresolved.getSnippet()), origins);
        }
        if (event.exception() != null) {
            throw failure(thrown);
        }
    }

    private static boolean isValue(Snippet snippet) {
        return switch (snippet.subKind()) {
            case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
            default -> false;
        };
    }

    /** A later cell may declare what a method uses, so this is no error; but it is often a slip of the pen. */
    private void warnOfUnresolved(List<Snippet> evaluated) {
        for (Snippet snippet : evaluated) {
            if (snippet instanceof DeclarationSnippet declaration
                    && (shell.status(snippet) == Snippet.Status.RECOVERABLE_DEFINED
                    || shell.status(snippet) == Snippet.Status.RECOVERABLE_NOT_DEFINED)) {
                System.err.println(lacks(declaration));
            }
        }
    }

    private String lacks(DeclarationSnippet declaration) {
        List<String> missing = shell.unresolvedDependencies(declaration).toList();
        String imports = missing.stream().map(each -> each.substring(each.indexOf(' ') + 1))
                .filter(each -> Character.isUpperCase(each.charAt(0))).map(assistant::importOf).distinct().collect(Collectors.joining(" "));
        return declaration.name() + " cannot be used until this is declared: " + String.join(", ", missing)
                + (imports.isBlank() ? "" : "; hint: " + imports.strip());
    }

    @Override
    public void close() {
        shell.close();
        try {
            loader.close();
        } catch (IOException e) {
            System.err.println("the jars of the cells were not closed: " + e.getMessage());
        }
    }
}
