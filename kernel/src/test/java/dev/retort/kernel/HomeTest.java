package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    private final String before = System.getProperty(Home.PROPERTY);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(Home.PROPERTY);
        } else {
            System.setProperty(Home.PROPERTY, before);
        }
    }

    @Test
    void propertyNamesTheFolder(@TempDir Path folder) throws Exception {
        Path jar = Files.createFile(Files.createDirectory(folder.resolve("cells")).resolve("b.jar"));
        Files.createFile(folder.resolve("cells/notes.txt"));
        System.setProperty(Home.PROPERTY, folder.toString());
        assertThat(Home.find().cells()).containsExactly(jar);
    }

    @Test
    void missingDistributionSaysWhatToDo(@TempDir Path folder) {
        System.setProperty(Home.PROPERTY, folder.toString());
        assertThatThrownBy(Home::find).hasMessageContaining(folder.toString()).hasMessageContaining("./mvnw package");
    }
}
