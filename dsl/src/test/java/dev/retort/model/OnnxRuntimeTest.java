package dev.retort.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeTest {
    private static final String PROPERTY = "onnxruntime.native.path";

    private final String before = System.getProperty(PROPERTY);

    @TempDir
    private Path folder;

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }

    @Test
    void librariesAreUnpackedOnceAndWhole() throws IOException {
        OnnxRuntime.unpack(folder);
        List<Path> files = files();
        assertThat(files).hasSize(2).allMatch(file -> file.getParent().equals(Path.of(System.getProperty(PROPERTY))));
        Path library = files.stream().filter(file -> file.endsWith(System.mapLibraryName("onnxruntime"))).findFirst().orElseThrow();
        long size = Files.size(library);
        Object first = Files.getAttribute(library, "unix:ino");

        OnnxRuntime.unpack(folder);
        assertThat(Files.getAttribute(library, "unix:ino")).as("the same file").isEqualTo(first);

        Files.write(library, new byte[10]);
        OnnxRuntime.unpack(folder);
        assertThat(library).as("a truncated one is written again").hasSize(size);
        assertThat(files()).hasSize(2);
    }

    @Test
    void whatIsUnpackedIsWhatRuns() {
        OnnxRuntime.environment();
        assertThat(Path.of(System.getProperty(PROPERTY))).isDirectoryContaining(
                "glob:**" + System.mapLibraryName("onnxruntime4j_jni"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
