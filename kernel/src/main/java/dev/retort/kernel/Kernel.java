package dev.retort.kernel;

import dev.retort.kernel.session.Assistant;
import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import dev.retort.kernel.session.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

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

    private final CellStreams streams;
    private final Session session;
    private final Bridge bridge;
    private final Magics magics;
    private int count;

    private Kernel(Home home) {
        streams = new CellStreams(new Frontend(new StartupOutputs(System.err), Input.NONE));
        session = new Session(Home.locationOf(BaseKernel.class), home.cells());
        bridge = new Bridge(this);
        magics = new Magics(new MagicTable(this).magics(), bridge.getMagicsRegistry());
    }

    /**
     * Starts a kernel whose cells see the jars of a distribution, with the usual imports made and the extensions in those jars
     * installed.
     */
    public static Kernel start(Home home) {
        Kernel kernel = new Kernel(home);
        try {
            kernel.bridge.install();
            for (String each : IMPORTS) {
                kernel.session.evaluate(new Cell("start", "import " + each + ";"));
            }
            kernel.installExtensions();
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

    /** Executes an ordinary cell and waits for it. */
    public Execution execute(String code, Outputs outputs, Input input) {
        return execute(new Execution.Request(code), outputs, input);
    }

    /**
     * Executes a cell and waits for it. Cells run one at a time.
     *
     * @param outputs where its outputs go, until the threads that it starts have ended
     * @param input   where it reads from
     */
    public synchronized Execution execute(Execution.Request request, Outputs outputs, Input input) {
        if (request.counts()) {
            count++;
        }
        streams.use(new Frontend(outputs, input));
        session.beginCell();
        CellFailure failure = null;
        try {
            DisplayData result = run(Cell.numbered(count, request.code()));
            if (result != null && !request.silent()) {
                emit(each -> each.result(count, result));
            }
        } catch (Exception | Error e) {
            failure = failure(e);
        } finally {
            session.endCell();
            streams.flush();
        }
        if (failure != null && !request.silent()) {
            outputs.error(failure);
        }
        return new Execution(count, failure);
    }

    /**
     * The value of an expression, rendered, outside any cell.
     *
     * @throws CellException if it fails
     */
    synchronized DisplayData value(String expression) throws CellException {
        session.beginCell();
        try {
            Object value = session.evaluate(new Cell("expression", expression));
            return session.onCellThread(() -> bridge.getRenderer().render(value));
        } catch (CellException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e); // The renderer throws nothing.
        } finally {
            session.endCell();
        }
    }

    /** The number of the last cell that was counted. */
    public int count() {
        return count;
    }

    /** Stops the running cell, from any thread. Does nothing while no cell runs. */
    public void interrupt() {
        session.interrupt();
    }

    /** What completes and explains code. */
    public Assistant assistant() {
        return session.assistant();
    }

    /** The magics that cells can use. */
    Magics magics() {
        return magics;
    }

    /** Shows cells another jar or folder, and installs the extensions in it. */
    void addToClassPath(List<Path> jarsOrFolders) {
        jarsOrFolders.forEach(session::addToClassPath);
        if (!jarsOrFolders.isEmpty()) {
            bridge.installExtensionsOf(session.loader());
        }
    }

    /** On the thread of cells, for their code is that of libraries which look for services where cells do. */
    private void installExtensions() throws Exception {
        session.onCellThread(() -> {
            bridge.installExtensionsOf(session.loader());
            return null;
        });
    }

    /** What cells see, in order. */
    List<Path> classPath() {
        return session.classPath();
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

    private DisplayData run(Cell cell) throws Exception {
        session.onCellThread(() -> {
            streams.adopt();
            return null;
        });
        Object value = evaluate(cell);
        return value == null ? null : session.onCellThread(() -> bridge.getRenderer().render(value));
    }

    /** Evaluates Java and magics, in a cell or from within one. */
    Object evaluate(Cell cell) throws CellException {
        Object value = null;
        for (CellParts.Part part : CellParts.of(cell.code())) {
            if (part instanceof CellParts.Java java) {
                value = session.evaluate(cell, java.start(), java.end());
            } else {
                value = magic(cell, part);
            }
        }
        return value;
    }

    private Object magic(Cell cell, CellParts.Part part) throws CellException {
        try {
            return session.onCellThread(() -> magics.evaluate(bridge, part));
        } catch (CellException e) {
            throw e;
        } catch (Exception e) {
            int line = part instanceof CellParts.LineMagic magic ? magic.line() : 1;
            throw CellException.at(cell, line, "MagicError", Objects.toString(e.getMessage(), e.toString()));
        }
    }

    private static CellFailure failure(Throwable thrown) {
        if (thrown instanceof CellException e) {
            return new CellFailure(e.name(), e.getMessage(), e.report());
        }
        // Not the cell's own fault: the compiler gave up, or memory ran out between two statements.
        return new CellFailure(thrown.getClass().getName(), Objects.toString(thrown.getMessage(), ""),
                List.of(thrown.toString()));
    }

    @Override
    public void close() {
        session.interrupt();
        bridge.uninstall();
        session.close();
        streams.close();
    }
}
