package dev.retort.kernel.history;

/**
 * A cell that was executed.
 *
 * @param session the number of the session, from 1
 * @param line    the cell's number in it
 * @param code    its text
 */
record Entry(int session, int line, String code) {
}
