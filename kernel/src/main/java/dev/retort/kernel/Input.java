package dev.retort.kernel;

import java.io.IOException;

/** Where a cell that reads {@code System.in} gets its lines from. */
@FunctionalInterface
public interface Input {
    /** For front ends that have nobody to ask. */
    Input NONE = (prompt, password) -> {
        throw new IOException("this front end cannot be asked for input: the cell runs where nobody can answer");
    };

    /**
     * Asks for one line and waits for it.
     *
     * @param prompt   what to show, may be empty
     * @param password whether the answer must not be shown
     * @return the line without its end
     * @throws IOException if nobody can be asked, or the cell is interrupted
     */
    String ask(String prompt, boolean password) throws IOException;
}
