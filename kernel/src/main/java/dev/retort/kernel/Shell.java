package dev.retort.kernel;

import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import dev.retort.kernel.session.CellThread;
import dev.retort.kernel.session.MemoryReserve;
import dev.retort.kernel.session.Session;
import java.util.concurrent.Callable;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * The main shell, or a subshell: executes one cell after the other, beside those of other shells. Methods that execute may be
 * called by one thread at a time.
 */
final class Shell implements AutoCloseable {
    private final Kernel kernel;
    private final Session session;
    private final CellStreams streams;
    private final long timeoutMillis;
    private volatile CellThread thread;

    /** @param timeoutMillis how long a cell may take; 0 if as long as it likes */
    Shell(Kernel kernel, Session session, CellStreams streams, long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
        this.kernel = kernel;
        this.session = session;
        this.streams = streams;
        this.thread = session.newThread();
    }

    /**
     * Executes a cell and waits for it.
     *
     * @param outputs where its outputs go, until the threads that it starts have ended
     * @param input   where it reads from
     */
    Execution execute(Execution.Request request, Outputs outputs, Input input) {
        Frontend frontend = new Frontend(outputs, input);
        CellFailure failure = null;
        kernel.remember(request);
        MemoryReserve.take();
        begin();
        try (TimeLimit limit = new TimeLimit(timeoutMillis, this::interrupt)) {
            adopt(frontend);
            Object value = kernel.evaluate(Cell.numbered(request.count(), request.code()));
            DisplayData result = value == null ? null : session.run(() -> kernel.renderer().render(value));
            frontend.flush();
            if (result != null && !request.silent()) {
                outputs.result(request.count(), result);
            }
        } catch (Exception | Error e) {
            failure = CellFailure.of(e);
        } finally {
            thread.end();
            frontend.flush();
        }
        if (failure != null && !request.silent()) {
            outputs.error(failure);
        }
        return new Execution(request.count(), failure);
    }

    /**
     * The value of an expression, rendered, outside any cell.
     *
     * @throws CellException if it fails
     */
    DisplayData value(String expression) throws CellException {
        begin();
        try {
            Object value = session.evaluate(new Cell("expression", expression));
            return session.run(() -> kernel.renderer().render(value));
        } catch (CellException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e); // The renderer throws nothing.
        } finally {
            thread.end();
        }
    }

    /** Runs code of a library, where it can be interrupted. If it throws, it costs a line on its stderr. */
    void run(String what, Frontend frontend, Callable<?> code) {
        begin();
        try {
            adopt(frontend);
            session.run(code);
        } catch (Exception | Error e) {
            frontend.print("stderr", what + " failed: " + e + "\n");
        } finally {
            thread.end();
            frontend.flush();
        }
    }

    /** The number of the next cell, of whichever shell. */
    int nextCount() {
        return kernel.nextCount();
    }

    /** The number of the last cell that was counted. */
    int count() {
        return kernel.count();
    }

    /** Stops what runs, from any thread. */
    void interrupt() {
        thread.interrupt();
    }

    @Override
    public void close() {
        thread.close();
    }

    private void begin() {
        if (thread.isAbandoned()) {
            thread = thread.successor();
        }
        streams.install();
        thread.begin();
    }

    private void adopt(Frontend frontend) throws Exception {
        session.run(() -> {
            streams.adopt(frontend);
            return null;
        });
    }
}
