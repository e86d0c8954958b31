package dev.retort.kernel;

import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;

/** What the environment wants done before the first cell. What fails costs its report on stderr. */
record Startup(Kernel kernel, Environment environment) {

    void run() {
        kernel.addToClassPath(paths(environment.classPath()));
        for (Path script : paths(environment.startupScripts())) {
            evaluate(script.getFileName().toString(), read(script));
        }
        if (!environment.startupScript().isEmpty()) {
            evaluate("startup script", environment.startupScript());
        }
    }

    private void evaluate(String name, String code) {
        try {
            kernel.evaluate(new Cell(name, code));
        } catch (CellException e) {
            e.report().forEach(System.err::println);
        }
    }

    private static List<Path> paths(String globs) {
        try {
            return globs.isBlank() ? List.of() : PathsHandler.splitAndResolveGlobs(globs);
        } catch (RuntimeException e) {
            System.err.println("'" + globs + "' names no files: " + e.getMessage());
            return List.of();
        }
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            System.err.println("cannot read the startup script " + script + ": " + e);
            return "";
        }
    }
}
