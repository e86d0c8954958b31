package dev.retort.kernel.magic;

import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import dev.retort.kernel.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** What the kernel offers to magics. */
public interface Host {
    /** Evaluates Java and magics as if they stood where the magic stands. */
    Object evaluate(Cell cell) throws CellException;

    /** Shows cells more jars or folders, and installs the extensions in them. */
    void addToClassPath(List<Path> jarsOrFolders);

    /** Where cells are evaluated. */
    Session session();

    /** The cells of this session by their numbers, the running one included. */
    SortedMap<Integer, String> executed();

    /**
     * Asks the user for one line.
     *
     * @throws IOException if nobody can be asked
     */
    String ask(String prompt, boolean password) throws IOException;

    /** Shows a rich output. */
    void display(DisplayData data);

    /** Shows something to read, beside the notebook where the front end can do that. */
    void page(DisplayData data);

    /** Replaces what the output of the same id shows. */
    void update(DisplayData data);

    /** Removes the outputs of the running cell, at once or when the next one comes. */
    void clear(boolean wait);
}
