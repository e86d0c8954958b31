package dev.retort.kernel.cli;

import dev.retort.kernel.Home;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code retort install}. */
@Command(name = "install", description = "Makes Retort a kernel of Jupyter: of JupyterLab, Jupyter Notebook, VS Code, nbclient.")
final class InstallCommand implements Runnable {
    @Mixin
    private KernelLocation location;

    @Override
    public void run() {
        KernelSpec kernelSpec = location.kernelSpec();
        Home home = Home.find();
        try {
            kernelSpec.install(home);
        } catch (IOException e) {
            throw new CommandException("cannot write " + kernelSpec.folder() + ": " + e);
        }
        System.out.println("installed in  " + kernelSpec.folder());
        System.out.println("runs          " + home.folder() + " on the Java of " + System.getProperty("java.home"));
        System.out.println("remove with   retort uninstall" + location.asOptions());
    }
}
