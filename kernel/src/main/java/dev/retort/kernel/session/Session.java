package dev.retort.kernel.session;

import dev.retort.kernel.assist.Assistant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import jdk.jshell.JShell;

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

    private final ReentrantLock lock = new ReentrantLock();
    private final CellLoader loader;
    private final CellControl control;
    private final List<Path> classPath = new CopyOnWriteArrayList<>();
    private final Evaluator evaluator;
    private final Origins origins;
    private final JShell shell;
    private final Assistant assistant;
    private final Declarations declarations;

    /**
     * Starts a session.
     *
     * @param contracts where the contracts shared with the cells are; the compiler sees them, loading goes through this process
     * @param libraries jars and folders that cells see
     * @param packages  knows what is in them
     * @param compilerOptions as {@code javac} takes them
     */
    public Session(Path contracts, List<Path> libraries, Packages packages, List<String> compilerOptions) {
        loader = new CellLoader(packages, this::forget);
        control = new CellControl(loader, lock);
        libraries.forEach(loader::addOwn);
        classPath.add(contracts);
        classPath.addAll(libraries);
        shell = JShell.builder()
                .executionEngine(control, Map.of())
                .compilerOptions(Stream.concat(Stream.of(DEBUG), compilerOptions.stream()).toArray(String[]::new))
                .fileManager(files -> new CompilerFiles(files, this::compilerPath, packages))
                .build();
        new UnusedClasses(shell, loader);
        origins = new Origins(shell.sourceCodeAnalysis());
        assistant = new Assistant(new CellSurroundings(shell, loader, this::compilerPath, packages));
        declarations = new Declarations(shell, loader.loader());
        evaluator = new Evaluator(shell, control, origins, assistant);
    }

    /**
     * Makes the imports evaluated so far: until now they were only gathered, to be compiled together. What there is then was
     * not declared by cells.
     */
    public void completeStart() {
        withJShell(() -> {
            evaluator.compileImports();
            declarations.keep();
            return null;
        });
    }

    /** Brings Java's compiler up, which takes much of the start. Evaluates nothing. */
    public void warmUpCompiler() {
        withJShell(() -> shell.sourceCodeAnalysis().analyzeType("1", 0));
    }

    /** Brings up what loads classes. */
    public void warmUpLoader() {
        Weaver.warmUp();
    }

    private void forget(String unloaded) {
        origins.forget(unloaded);
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
        return CellThread.outsideCode(() -> withJShell(() -> evaluator.failure(read)));
    }

    /** Every frame of what a cell threw last; empty if none did. */
    public List<String> lastTrace() {
        Thrown thrown = evaluator.lastThrown();
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
        return CellThread.outsideCode(() -> withJShell(() -> evaluator.evaluate(cell, start, end)));
    }

    private <T, E extends Exception> T withJShell(CellThread.Action<T, E> action) throws E {
        lock.lock();
        try {
            return action.run();
        } finally {
            lock.unlock();
        }
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
