package dev.retort.kernel;

import dev.retort.kernel.session.CellException;
import java.util.List;
import java.util.Objects;

/**
 * Why a cell failed, as Jupyter's {@code error} message has it.
 *
 * @param name      the exception's type, or {@code CompileError}, {@code Interrupted}
 * @param message   its message; never null
 * @param traceback lines to show, with ANSI colours; the failing line of the cell is quoted and marked
 */
public record CellFailure(String name, String message, List<String> traceback) {

    /** What a cell failed with, or what went wrong around it: the compiler gave up, or memory ran out between two statements. */
    static CellFailure of(Throwable thrown) {
        return thrown instanceof CellException e
                ? new CellFailure(e.name(), e.getMessage(), e.report())
                : new CellFailure(thrown.getClass().getName(), Objects.toString(thrown.getMessage(), ""), List.of(thrown.toString()));
    }
}
