package dev.retort.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JupyterFoldersTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void theUsersFolderIsThePlatforms() {
        assertThat(user("Linux", Map.of())).isEqualTo(HOME.resolve(".local/share/jupyter"));
        assertThat(user("Mac OS X", Map.of())).isEqualTo(HOME.resolve("Library/Jupyter"));
        assertThat(user("Windows 11", Map.of("APPDATA", "/roaming"))).isEqualTo(Path.of("/roaming/jupyter"));
    }

    @Test
    void theEnvironmentMovesTheUsersFolder() {
        assertThat(user("Linux", Map.of("XDG_DATA_HOME", "/xdg"))).isEqualTo(Path.of("/xdg/jupyter"));
        assertThat(user("Mac OS X", Map.of("XDG_DATA_HOME", "/xdg"))).isEqualTo(HOME.resolve("Library/Jupyter"));
        assertThat(user("Linux", Map.of("XDG_DATA_HOME", "/xdg", "JUPYTER_DATA_DIR", "/data"))).isEqualTo(Path.of("/data"));
        assertThat(user("Linux", Map.of("JUPYTER_DATA_DIR", ""))).isEqualTo(HOME.resolve(".local/share/jupyter"));
        assertThat(user("Linux", Map.of("HOME", "/elsewhere"))).isEqualTo(Path.of("/elsewhere/.local/share/jupyter"));
    }

    @Test
    void thePythonEnvironmentIsTheActiveOne() {
        assertThat(folders("Linux", Map.of("VIRTUAL_ENV", "/venv", "CONDA_PREFIX", "/conda")).ofPythonEnvironment())
            .isEqualTo(Path.of("/venv/share/jupyter"));
        assertThat(folders("Linux", Map.of("CONDA_PREFIX", "/conda")).ofPythonEnvironment()).isEqualTo(Path.of("/conda/share/jupyter"));
    }

    private static Path user(String system, Map<String, String> environment) {
        return folders(system, environment).user();
    }

    private static JupyterFolders folders(String system, Map<String, String> environment) {
        return new JupyterFolders(environment, HOME, system);
    }
}
