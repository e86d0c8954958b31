package dev.retort.kernel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The beginnings of coordinates, and how they may go on. */
class LocalLibrariesTest {
    @TempDir
    private Path repository;

    @BeforeEach
    void download() throws Exception {
        for (String each : List.of("org/example/library/1.0", "org/example/library/1.5", "org/example/list/2.0", "org/exact/other/1")) {
            Files.createDirectories(repository.resolve(each));
        }
        Files.createFile(repository.resolve("org/example/library/maven-metadata.xml"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            o                         ~ org
            org.ex                    ~ org.exact org.example
            org.exam                  ~ org.example
            org.example:              ~ org.example:library org.example:list
            org.example:lib           ~ org.example:library
            org.example:library:      ~ org.example:library:1.0 org.example:library:1.5
            org.example:library:1.5   ~ org.example:library:1.5
            org.example:library:jar:2 ~ ''
            net.                      ~ ''
            """)
    void coordinatesCompleteUpToTheNextDotOrColon(String written, String complete) {
        assertThat(String.join(" ", LocalLibraries.complete(repository, written))).isEqualTo(complete);
    }

    @Test
    void nothingCompletesWhereNothingWasDownloaded() {
        assertThat(LocalLibraries.complete(repository.resolve("none"), "org")).isEmpty();
        assertThat(LocalLibraries.complete(repository, "a\0b:")).isEmpty();
    }
}
