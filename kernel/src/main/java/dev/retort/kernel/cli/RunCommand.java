package dev.retort.kernel.cli;

import dev.retort.kernel.Home;
import dev.retort.kernel.Kernel;
import dev.retort.kernel.Language;
import dev.retort.kernel.notebook.MalformedNotebookException;
import dev.retort.kernel.notebook.Notebook;
import dev.retort.kernel.notebook.NotebookRunner;
import dev.retort.kernel.notebook.NotebookRunner.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code retort run}. */
@Command(name = "run", description = {
    "Runs the cells of a notebook in order and writes the notebook with their outputs, as NAME.executed.ipynb beside it unless told otherwise.",
    "The cells run in the notebook's folder, as in Jupyter."
}, footer = {
    "",
    "Exit status: 0 if every cell passed, 1 if one failed, 130 after Ctrl-C; in these cases the notebook is written with what ran.",
    "2 if the notebook cannot be run; then nothing is written."
})
final class RunCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Parameters(paramLabel = "NOTEBOOK", description = "The notebook to run, an .ipynb file.")
    private Path source;

    @ArgGroup
    private Target target = new Target();

    @Option(names = "--keep-going", description = "After a cell that failed, run those that follow.")
    private boolean keepGoing;

    private static final class Target {
        @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Write the executed notebook to FILE.")
        private Path output;

        @Option(names = "--inplace", description = "Write the executed notebook over NOTEBOOK.")
        private boolean inPlace;

        private Path of(Path source) {
            if (output != null) {
                return output;
            }
            String name = source.getFileName().toString().replaceFirst("\\.ipynb$", "");
            return inPlace ? source : source.resolveSibling(name + ".executed.ipynb");
        }
    }

    @Override
    public Integer call() {
        Notebook notebook = read();
        Path written = target.of(source);
        checkWritable(written);
        Terminal terminal = Terminal.ofProcess();
        Outcome outcome = run(notebook, terminal);
        notebook.setKernel(KernelSpec.ofNotebook(), Language.info());
        try {
            notebook.write(WorkingFolder.resolve(written));
        } catch (IOException e) {
            throw new CommandException("cannot write '" + written + "': " + e);
        }
        terminal.out().println("wrote " + written);
        terminal.out().flush();
        return switch (outcome) {
            case PASSED -> 0;
            case FAILED -> FAILED;
            case INTERRUPTED -> CtrlC.STATUS;
        };
    }

    private Outcome run(Notebook notebook, Terminal terminal) {
        try (RunProgress progress = new RunProgress(terminal); Kernel kernel = Kernel.start(Home.find())) {
            NotebookRunner runner = new NotebookRunner(kernel, progress);
            CtrlC.onFirst(() -> {
                progress.stopping();
                runner.interrupt();
            });
            return runner.run(notebook, keepGoing);
        }
    }

    private Notebook read() {
        try {
            Notebook notebook = Notebook.read(WorkingFolder.resolve(source));
            if (!Set.of("", "java").contains(notebook.language())) {
                throw new CommandException("'" + source + "' is written in " + notebook.language() + "; Retort runs Java");
            }
            return notebook;
        } catch (MalformedNotebookException e) {
            throw new CommandException("'" + source + "' is not a notebook: " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw new CommandException("there is no notebook '" + source + "'");
        } catch (IOException e) {
            throw new CommandException("cannot read '" + source + "': " + e.getMessage());
        }
    }

    /** Before the run, which may be long. */
    private static void checkWritable(Path file) {
        Path target = WorkingFolder.resolve(file);
        if (Files.isDirectory(target) || !Files.isWritable(target.getParent())) {
            throw new CommandException("cannot write '" + file + "': " + (Files.isDirectory(target) ? "it is a folder"
                : "there is no folder '" + file.toAbsolutePath().getParent() + "' that may be written to"));
        }
    }
}
