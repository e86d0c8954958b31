package dev.retort.kernel.cli;

import dev.retort.kernel.Kernel;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(name = "retort", versionProvider = Main.Version.class, synopsisSubcommandLabel = "COMMAND", usageHelpWidth = 100,
    description = "A Java kernel for Jupyter that preloads a small language for knowledge distillation.",
    subcommands = {RunCommand.class, InstallCommand.class, UninstallCommand.class},
    footer = {
        "",
        "Examples:",
        "  retort run notebooks/quickstart.ipynb   runs a notebook; writes quickstart.executed.ipynb beside it",
        "  retort install                          then choose «Retort (Java)» in JupyterLab",
        "  retort run --help                       explains a command"
    })
public final class Main implements Runnable {
    private static final int UNUSABLE = 2;
    /** A fault of Retort's own; 1 would say that a cell failed. */
    private static final int BROKEN = 70;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    private Main() {
    }

    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
            .setParameterExceptionHandler((failure, args) -> {
                CommandLine command = failure.getCommandLine();
                return refuse(command, failure.getMessage() + "\nSee «" + command.getCommandSpec().qualifiedName() + " --help».");
            })
            .setExecutionExceptionHandler((failure, command, parsed) -> {
                if (failure instanceof CommandException) {
                    return refuse(command, failure.getMessage());
                }
                failure.printStackTrace(command.getErr());
                return BROKEN;
            });
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int refuse(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        err.println("retort: " + message);
        err.flush();
        return UNUSABLE;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "retort " + Kernel.version(),
                "on Java " + System.getProperty("java.version") + " of " + System.getProperty("java.home")
            };
        }
    }
}
