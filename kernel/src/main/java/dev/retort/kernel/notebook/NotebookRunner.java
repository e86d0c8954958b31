package dev.retort.kernel.notebook;

import dev.retort.kernel.CellFailure;
import dev.retort.kernel.Execution;
import dev.retort.kernel.Input;
import dev.retort.kernel.Kernel;
import dev.retort.kernel.Outputs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the cells of a notebook in a kernel of this process, without a front end. */
public final class NotebookRunner {
    /** How a run ended. */
    public enum Outcome { PASSED, FAILED, INTERRUPTED }

    private final Kernel kernel;
    private final Progress progress;
    private volatile boolean interrupted;

    public NotebookRunner(Kernel kernel, Progress progress) {
        this.kernel = kernel;
        this.progress = progress;
    }

    /**
     * Runs all cells in order and puts their outputs into the notebook, in place of those that it had.
     *
     * @param keepGoing whether to run the cells after one that failed
     */
    public Outcome run(Notebook notebook, boolean keepGoing) {
        List<Cell> cells = notebook.cells().stream().filter(Cell::isRunnable).toList();
        notebook.cells().forEach(Cell::clear);
        Map<Cell, OutputArea> areas = new LinkedHashMap<>();
        try {
            return run(cells, areas, keepGoing);
        } finally {
            // Only now: background threads and display updates change the outputs of earlier cells.
            areas.forEach((cell, area) -> cell.setOutputs(area.toJson()));
        }
    }

    /** Stops the running cell; no further one is run. May be called from any thread. */
    public void interrupt() {
        interrupted = true;
        kernel.interrupt();
    }

    private Outcome run(List<Cell> cells, Map<Cell, OutputArea> areas, boolean keepGoing) {
        DisplayIds displayIds = new DisplayIds();
        boolean failed = false;
        for (Cell cell : cells) {
            if (interrupted || failed && !keepGoing) {
                break;
            }
            OutputArea area = new OutputArea(displayIds);
            areas.put(cell, area);
            Outputs shown = progress.started(areas.size(), cells.size(), cell);
            Execution execution = kernel.execute(cell.source(), new Tee(area, shown), Input.NONE);
            cell.setExecutionCount(execution.count());
            CellFailure failure = cell.mayFail() && !interrupted ? null : execution.failure();
            progress.ended(failure);
            failed |= failure != null;
        }
        if (interrupted) {
            return Outcome.INTERRUPTED;
        }
        return failed ? Outcome.FAILED : Outcome.PASSED;
    }
}
