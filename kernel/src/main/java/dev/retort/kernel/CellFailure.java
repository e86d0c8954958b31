package dev.retort.kernel;

import java.util.List;

/**
 * Why a cell failed, as Jupyter's {@code error} message has it.
 *
 * @param name      the exception's type, or {@code CompileError}, {@code Interrupted}
 * @param message   its message; never null
 * @param traceback lines to show, with ANSI colours; the failing line of the cell is quoted and marked
 */
public record CellFailure(String name, String message, List<String> traceback) {
}
