package dev.retort.kernel;

import dev.retort.kernel.magic.Host;
import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import dev.retort.kernel.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** The kernel as its magics see it. */
record MagicHost(Kernel kernel) implements Host {
    @Override
    public Object evaluate(Cell cell) throws CellException {
        return kernel.evaluate(cell);
    }

    @Override
    public void addToClassPath(List<Path> jarsOrFolders) {
        kernel.addToClassPath(jarsOrFolders);
    }

    @Override
    public Session session() {
        return kernel.session();
    }

    @Override
    public SortedMap<Integer, String> executed() {
        return kernel.executed();
    }

    @Override
    public String ask(String prompt, boolean password) throws IOException {
        return kernel.ask(prompt, password);
    }

    @Override
    public void display(DisplayData data) {
        kernel.emit(outputs -> outputs.display(data));
    }

    @Override
    public void page(DisplayData data) {
        kernel.emit(outputs -> outputs.page(data));
    }

    @Override
    public void update(DisplayData data) {
        kernel.emit(outputs -> outputs.update(data));
    }

    @Override
    public void clear(boolean wait) {
        kernel.emit(outputs -> outputs.clear(wait));
    }
}
