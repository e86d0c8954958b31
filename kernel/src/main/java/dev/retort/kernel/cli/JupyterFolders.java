package dev.retort.kernel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where Jupyter looks for kernelspecs, by the rules of {@code jupyter --paths}. */
final class JupyterFolders {
    private final Map<String, String> environment;
    private final Path userHome;
    private final String system;

    JupyterFolders(Map<String, String> environment, Path userHome, String system) {
        this.environment = environment;
        this.userHome = userHome;
        this.system = system.toLowerCase(Locale.ROOT);
    }

    static JupyterFolders ofProcess() {
        return new JupyterFolders(System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("os.name"));
    }

    /** The user's data folder. */
    Path user() {
        if (isSet("JUPYTER_DATA_DIR")) {
            return Path.of(environment.get("JUPYTER_DATA_DIR"));
        }
        if (system.startsWith("mac")) {
            return home().resolve("Library/Jupyter");
        }
        if (system.startsWith("windows") && isSet("APPDATA")) {
            return Path.of(environment.get("APPDATA"), "jupyter");
        }
        return isSet("XDG_DATA_HOME")
            ? Path.of(environment.get("XDG_DATA_HOME"), "jupyter")
            : home().resolve(".local/share/jupyter");
    }

    /** As Python sees it: Java asks the system's list of users, and does not heed HOME. */
    private Path home() {
        return isSet("HOME") && !system.startsWith("windows") ? Path.of(environment.get("HOME")) : userHome;
    }

    /** The data folder below a prefix, such as that of a Python environment. */
    static Path under(Path prefix) {
        return prefix.resolve("share").resolve("jupyter");
    }

    /** The data folder of the active Python environment. */
    Path ofPythonEnvironment() {
        for (String variable : new String[] {"VIRTUAL_ENV", "CONDA_PREFIX"}) {
            if (isSet(variable)) {
                return under(Path.of(environment.get(variable)));
            }
        }
        return under(Path.of(pythonPrefix()));
    }

    private boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    private static String pythonPrefix() {
        try {
            Process python = new ProcessBuilder("python3", "-c", "import sys; print(sys.prefix)").start();
            String prefix = new String(python.getInputStream().readAllBytes()).strip();
            if (python.waitFor() == 0 && !prefix.isEmpty()) {
                return prefix;
            }
        } catch (IOException e) {
            // No Python: said below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CommandException("--sys-prefix needs an active Python environment or python3 on the PATH; use --user or --prefix");
    }
}
