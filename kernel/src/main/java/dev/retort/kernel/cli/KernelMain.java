package dev.retort.kernel.cli;

import dev.retort.kernel.Jupyter;
import java.nio.file.Path;

/**
 * What the kernelspec runs, with the connection file as the only argument. It is no command of {@link Main}, since Jupyter waits
 * for the kernel and loading the command line takes as long as a quarter of the start.
 */
public final class KernelMain {
    /** The environment variable that names the folder of the history. */
    static final String HISTORY = "RETORT_HISTORY";

    private KernelMain() {
    }

    public static void main(String... args) {
        serve(Path.of(args[0]), historyFolder());
        System.exit(0); // Threads that cells left behind would keep the process.
    }

    static void serve(Path connectionFile, Path historyFolder) {
        CtrlC.ignore();
        Jupyter.serve(connectionFile, historyFolder);
    }

    /** Where the history of all sessions is kept: beside Jupyter's own files, unless the user says otherwise. */
    private static Path historyFolder() {
        String chosen = System.getenv(HISTORY);
        return chosen == null ? JupyterFolders.ofProcess().user().resolve("retort-history") : Path.of(chosen);
    }
}
