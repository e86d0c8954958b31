package dev.retort.kernel.cli;

import java.nio.file.Path;

/** The folder that the user is in. The launcher starts the process in the notebook's folder, so that cells find files beside it. */
final class WorkingFolder {
    private static final Path PATH = Path.of(System.getProperty("retort.cwd", "")).toAbsolutePath();

    private WorkingFolder() {
    }

    /** The file that a path given on the command line means. */
    static Path resolve(Path given) {
        return PATH.resolve(given).normalize();
    }
}
