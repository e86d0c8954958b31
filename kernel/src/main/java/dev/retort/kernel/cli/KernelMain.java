package dev.retort.kernel.cli;

import dev.retort.kernel.Jupyter;
import java.nio.file.Path;

/**
 * What the kernelspec runs, with the connection file as the only argument. It is no command of {@link Main}, since Jupyter waits
 * for the kernel and loading the command line takes as long as a quarter of the start.
 */
public final class KernelMain {
    private KernelMain() {
    }

    public static void main(String... args) {
        CtrlC.ignore();
        Jupyter.serve(Path.of(args[0]));
        System.exit(0); // Threads that cells left behind would keep the process.
    }
}
