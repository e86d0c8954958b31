package dev.retort.kernel.cli;

import dev.retort.kernel.Jupyter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code retort kernel}: what the kernelspec runs. */
@Command(name = "kernel", hidden = true, description = "Serves a front end of Jupyter; the kernelspec runs it.")
final class KernelCommand implements Runnable {
    @Parameters(paramLabel = "CONNECTION_FILE", description = "The connection file that Jupyter wrote.")
    private Path connectionFile;

    @Override
    public void run() {
        Jupyter.serve(connectionFile);
    }
}
