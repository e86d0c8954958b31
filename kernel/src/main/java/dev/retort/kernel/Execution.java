package dev.retort.kernel;

/**
 * How a cell ended.
 *
 * @param count   the number of the cell, as {@code In [count]} shows it
 * @param failure why it failed, or null
 */
public record Execution(int count, CellFailure failure) {

    /** Whether the cell ran to its end. */
    public boolean ok() {
        return failure == null;
    }

    /**
     * What to execute.
     *
     * @param code   the cell's text
     * @param silent whether neither result nor error is shown
     * @param count  the cell's number
     */
    record Request(String code, boolean silent, int count) {
    }
}
