package dev.retort.kernel.cli;

import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say which kernelspec a command is about. */
final class KernelLocation {
    @Option(names = "--name", defaultValue = KernelSpec.NAME, paramLabel = "NAME",
        description = "Name of the kernelspec; '${DEFAULT-VALUE}' unless given.")
    private String name;

    @ArgGroup
    private Where where = new Where();

    private static final class Where {
        @Option(names = "--user", description = "For this user: the default.")
        private boolean user;

        @Option(names = "--sys-prefix", description = "In the active Python environment.")
        private boolean sysPrefix;

        @Option(names = "--prefix", paramLabel = "DIR", description = "In DIR/share/jupyter.")
        private Path prefix;
    }

    KernelSpec kernelSpec() {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new CommandException("'" + name + "' cannot name a kernelspec: use letters, digits, '.', '_' and '-'");
        }
        return new KernelSpec(dataFolder().resolve("kernels").resolve(name));
    }

    /** The options as one would type them again. */
    String asOptions() {
        String options = where.prefix != null ? " --prefix " + where.prefix : where.sysPrefix ? " --sys-prefix" : "";
        return name.equals(KernelSpec.NAME) ? options : options + " --name " + name;
    }

    private Path dataFolder() {
        JupyterFolders folders = JupyterFolders.ofProcess();
        if (where.prefix != null) {
            return JupyterFolders.under(WorkingFolder.resolve(where.prefix));
        }
        return where.sysPrefix ? folders.ofPythonEnvironment() : folders.user();
    }
}
