package dev.retort.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetsTest {

    static Stream<String> names() {
        return Datasets.names().stream();
    }

    @Test
    void namesAreInOrder() {
        assertThat(Datasets.names()).containsExactly("digits", "fashion-mnist", "letter", "movie-reviews");
    }

    @Test
    void wrongNameNamesThoseThatExist() {
        assertThatThrownBy(() -> Datasets.card("digit")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no data set 'digit'; there are digits, fashion-mnist, letter, movie-reviews");
    }

    @Test
    void wrongFileNamesThoseThatExist() {
        assertThatThrownBy(() -> Datasets.open("letter", "letters.csv")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no file 'letters.csv' in data set 'letter'; there are letter.csv.gz");
    }

    @ParameterizedTest
    @MethodSource("names")
    void cardSaysWhatItIsAndWhereItIsFrom(String name) {
        Card card = Datasets.card(name);

        assertThat(card.name()).isEqualTo(name);
        assertThat(card.title()).isNotBlank();
        assertThat(card.description()).isNotBlank();
        assertThat(card.source()).contains("https://");
        assertThat(card.licence()).isNotBlank();
        assertThat(card.toString()).contains(card.title(), card.description(), card.source(), card.licence());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFileMatchesItsChecksum(String name) throws IOException {
        assertThat(Datasets.card(name).sha256()).isNotEmpty();
        for (String file : Datasets.card(name).sha256().keySet()) {
            try (InputStream in = Datasets.open(name, file)) {
                assertThat(in.readAllBytes()).startsWith(0x1f, 0x8b);
            }
        }
    }

    @Test
    void damagedFileIsRefused(@TempDir Path copy) throws Exception {
        copyClassesTo(copy);
        Path file = copy.resolve("dev/retort/datasets/digits/digits.csv.gz");
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);

        assertThatThrownBy(() -> readFrom(copy, "digits")).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("digits/digits.csv.gz is damaged")
                .hasMessageContaining(Datasets.card("digits").sha256().get("digits.csv.gz"));
    }

    @Test
    void missingFileIsNamed(@TempDir Path copy) throws Exception {
        copyClassesTo(copy);
        Files.delete(copy.resolve("dev/retort/datasets/digits/digits.csv.gz"));

        assertThatThrownBy(() -> readFrom(copy, "digits")).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("digits/digits.csv.gz is missing");
    }

    /** Reads with classes and resources of this folder alone. */
    private static void readFrom(Path folder, String name) throws Throwable {
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            loader.loadClass(Datasets.class.getName()).getMethod("read", String.class).invoke(null, name);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void copyClassesTo(Path target) throws Exception {
        Path classes = Path.of(Datasets.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(classes.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
