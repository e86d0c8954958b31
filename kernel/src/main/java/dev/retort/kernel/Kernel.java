package dev.retort.kernel;

import dev.retort.kernel.assist.Assistant;
import dev.retort.kernel.magic.CellParts;
import dev.retort.kernel.magic.Magics;
import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import dev.retort.kernel.session.Session;
import dev.retort.kernel.session.Wholeness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.dflib.jjava.jupyter.kernel.display.Renderer;

/**
 * Executes cells: Java, magics, rich results. The heart of the Jupyter kernel and of the headless notebook runner alike.
 *
 * <p>While it lives, {@code System.out}, {@code err} and {@code in} are those of cells; {@link #close} gives them back. There
 * can be one kernel at a time in a process.
 */
public final class Kernel implements AutoCloseable {
    private static final List<String> IMPORTS = List.of("java.util.*", "java.io.*", "java.math.*", "java.net.*",
            "java.nio.file.*", "java.util.concurrent.*", "java.util.function.*", "java.util.regex.*", "java.util.stream.*",
            "static org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.*");

    private final Environment environment;
    private final long timeoutMillis;
    private final Frontend startup;
    private final CellStreams streams;
    private final Session session;
    private final Bridge bridge;
    private final AtomicInteger count = new AtomicInteger();
    private final SortedMap<Integer, String> executed = new ConcurrentSkipListMap<>();
    private final Set<Shell> shells = ConcurrentHashMap.newKeySet();
    private final Shell main;

    private Kernel(Home home, Environment environment) {
        this.environment = environment;
        timeoutMillis = environment.timeoutMillis();
        startup = new Frontend(new StartupOutputs(System.err), Input.NONE);
        streams = new CellStreams(startup);
        session = new Session(home.contracts(), home.cells(), home.packages(), environment.compilerOptions());
        bridge = new Bridge(this);
        main = newShell();
    }

    /**
     * Starts a kernel whose cells see the jars of a distribution, with the usual imports made, the extensions in those jars
     * installed, and what the environment variables of this process ask for done.
     */
    public static Kernel start(Home home) {
        return start(home, Environment.ofProcess());
    }

    static Kernel start(Home home, Environment environment) {
        Kernel kernel = new Kernel(home, environment);
        try {
            kernel.bridge.install();
            for (String each : IMPORTS) {
                kernel.session.evaluate(new Cell("start", "import " + each + ";"));
            }
            CompletableFuture<Void> compiler = CompletableFuture.runAsync(kernel.session::warmUpCompiler);
            kernel.session.warmUpLoader();
            kernel.prepare();
            compiler.join();
            kernel.session.completeStart();
            return kernel;
        } catch (Exception e) {
            kernel.close();
            throw new IllegalStateException("the kernel did not start: " + e.getMessage(), e);
        }
    }

    /** The version of this build, or {@code dev} where it runs from classes. */
    public static String version() {
        return Objects.requireNonNullElse(Kernel.class.getPackage().getImplementationVersion(), "dev");
    }

    /**
     * Executes an ordinary cell, shown and counted, and waits for it. Cells run one at a time.
     *
     * @param outputs where its outputs go, until the threads that it starts have ended
     * @param input   where it reads from
     */
    public Execution execute(String code, Outputs outputs, Input input) {
        return main.execute(new Execution.Request(code, false, nextCount()), outputs, input);
    }

    /** The shell that there always is. */
    Shell main() {
        return main;
    }

    /** Another shell: its cells run beside those of the others, and see the same variables. */
    Shell newShell() {
        Shell shell = new Shell(this, session, streams, timeoutMillis);
        shells.add(shell);
        return shell;
    }

    /** Stops what the shell runs, and drops it. */
    void delete(Shell shell) {
        shells.remove(shell);
        shell.close();
    }

    /** The number of the next cell, of whichever shell. */
    int nextCount() {
        return count.incrementAndGet();
    }

    /** The number of the last cell that was counted. */
    int count() {
        return count.get();
    }

    /** Remembers a cell by its number; one that was not counted has that of the last one, and is forgotten. */
    void remember(Execution.Request request) {
        executed.putIfAbsent(request.count(), request.code());
    }

    /** The cells of this session by their numbers. */
    SortedMap<Integer, String> executed() {
        return executed;
    }

    /** Stops every running cell, from any thread. Does nothing while no cell runs. */
    public void interrupt() {
        shells.forEach(Shell::interrupt);
    }

    /** What completes and explains code; may be used while a cell runs. */
    Assistant assistant() {
        return session.assistant();
    }

    /** What makes rich outputs of values. */
    Renderer renderer() {
        return bridge.getRenderer();
    }

    /** Whether the code can be evaluated as it stands. */
    Wholeness wholeness(String code) {
        return session.wholeness(code);
    }

    /** The comms of cells and libraries. */
    Comms comms() {
        return bridge.comms();
    }

    /** The magics that cells can use. */
    Magics magics() {
        return bridge.magics();
    }

    /** Shows cells another jar or folder, and installs the extensions in it. */
    void addToClassPath(List<Path> jarsOrFolders) {
        jarsOrFolders.forEach(session::addToClassPath);
        if (!jarsOrFolders.isEmpty() && environment.loadsExtensions()) {
            bridge.installExtensionsOf(session.loader());
        }
    }

    /** On a cell's thread, since what runs is code of libraries and scripts. */
    private void prepare() {
        main.run("the start", startup, () -> {
            if (environment.loadsExtensions()) {
                bridge.installExtensionsOf(session.loader());
            }
            new Startup(this, environment).run();
            return null;
        });
    }

    Session session() {
        return session;
    }

    /** Asks whoever runs the cell of the calling thread. */
    String ask(String prompt, boolean password) throws IOException {
        return streams.ask(prompt, password);
    }

    /** Sends an output to the front end of the calling thread. */
    void emit(Consumer<Outputs> output) {
        streams.emit(output);
    }

    /**
     * Evaluates code from within a cell.
     *
     * @throws IllegalArgumentException if it fails
     */
    Object evaluateNested(String name, String code) {
        try {
            return evaluate(new Cell(name, code));
        } catch (CellException e) {
            throw new IllegalArgumentException(name + " failed: " + String.join("\n", e.report()));
        }
    }

    /** Evaluates Java and magics, in a cell or from within one. */
    Object evaluate(Cell cell) throws CellException {
        Object value = null;
        for (CellParts.Part part : CellParts.of(cell.code())) {
            value = part instanceof CellParts.Magic magic ? evaluate(cell, magic)
                    : session.evaluate(cell, ((CellParts.Java) part).start(), ((CellParts.Java) part).end());
        }
        return value;
    }

    private Object evaluate(Cell cell, CellParts.Magic magic) throws CellException {
        try {
            return session.run(() -> magics().evaluate(bridge, cell, magic));
        } catch (CellException e) {
            throw e;
        } catch (Exception e) {
            throw CellException.at(cell, magic.line(), "MagicError", Objects.toString(e.getMessage(), e.toString()));
        }
    }

    @Override
    public void close() {
        shells.forEach(this::delete);
        bridge.uninstall();
        session.close();
        streams.close();
    }
}
