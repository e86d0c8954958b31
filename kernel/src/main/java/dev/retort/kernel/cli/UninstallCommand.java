package dev.retort.kernel.cli;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code retort uninstall}. */
@Command(name = "uninstall", description = "Takes away what «retort install» with the same options wrote.")
final class UninstallCommand implements Runnable {
    @Mixin
    private KernelLocation location;

    @Override
    public void run() {
        KernelSpec kernelSpec = location.kernelSpec();
        try {
            kernelSpec.uninstall();
        } catch (IOException e) {
            throw new CommandException("cannot remove " + kernelSpec.folder() + ": " + e);
        }
        System.out.println("removed " + kernelSpec.folder());
    }
}
