package dev.retort.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retort.kernel.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSpecTest {
    @TempDir
    private Path data;
    private KernelSpec kernelSpec;
    private Home home;

    @BeforeEach
    void chooseFolders() {
        kernelSpec = new KernelSpec(data.resolve("kernels/retort"));
        home = new Home(data.resolve("a home"));
    }

    @Test
    void kernelJsonStartsThisJavaWithoutALauncher() throws IOException {
        kernelSpec.install(home);
        JsonNode json = new ObjectMapper().readTree(kernelSpec.folder().resolve("kernel.json").toFile());
        List<String> argv = json.path("argv").valueStream().map(JsonNode::textValue).toList();
        assertThat(Path.of(argv.get(0))).isExecutable();
        assertThat(argv.subList(1, argv.size())).containsExactly("@" + data.resolve("a home/jvm.options"), "-cp",
            data.resolve("a home/lib") + "/*", "dev.retort.kernel.cli.KernelMain", "{connection_file}");
        assertThat(json.path("display_name").textValue()).isEqualTo("Retort (Java)");
        assertThat(json.path("language").textValue()).isEqualTo("java");
        assertThat(json.path("interrupt_mode").textValue()).isEqualTo("message");
    }

    @Test
    void theLogosHaveTheSizesThatTheirNamesSay() throws IOException {
        kernelSpec.install(home);
        assertThat(ImageIO.read(kernelSpec.folder().resolve("logo-32x32.png").toFile()).getWidth()).isEqualTo(32);
        assertThat(ImageIO.read(kernelSpec.folder().resolve("logo-64x64.png").toFile()).getWidth()).isEqualTo(64);
        assertThat(kernelSpec.folder().resolve("logo-svg.svg")).content().startsWith("<svg");
    }

    @Test
    void installingAgainReplacesAndLeavesNothingBeside() throws IOException {
        kernelSpec.install(home);
        Files.writeString(kernelSpec.folder().resolve("stale"), "");
        kernelSpec.install(home);
        assertThat(kernelSpec.folder().resolve("stale")).doesNotExist();
        assertThat(kernelSpec.folder().getParent()).isDirectoryNotContaining(path -> !path.equals(kernelSpec.folder()));
    }

    @Test
    void uninstallingRemovesTheFolderOnly() throws IOException {
        kernelSpec.install(home);
        kernelSpec.uninstall();
        assertThat(data.resolve("kernels")).isEmptyDirectory();
    }

    @Test
    void anotherKernelOfTheNameIsNeitherReplacedNorRemoved() throws IOException {
        Files.createDirectories(kernelSpec.folder());
        Path foreign = Files.writeString(kernelSpec.folder().resolve("kernel.json"), "{\"argv\": []}");
        assertThatThrownBy(() -> kernelSpec.install(home)).isInstanceOf(CommandException.class).hasMessageContaining("is not Retort's");
        assertThatThrownBy(kernelSpec::uninstall).isInstanceOf(CommandException.class).hasMessageContaining("is not Retort's");
        assertThat(foreign).hasContent("{\"argv\": []}");
    }

    @Test
    void thereMustBeSomethingToUninstall() {
        assertThatThrownBy(kernelSpec::uninstall)
            .isInstanceOf(CommandException.class)
            .hasMessage("there is no kernelspec in " + kernelSpec.folder());
    }
}
