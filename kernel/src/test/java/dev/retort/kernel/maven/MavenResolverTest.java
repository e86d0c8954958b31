package dev.retort.kernel.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a repository of files: a library that needs another one, and settings that name it as the mirror of all. */
class MavenResolverTest {
    private static final String DEPENDENCY =
            "<dependency><groupId>g</groupId><artifactId>%s</artifactId><version>%s</version></dependency>";

    @TempDir
    private Path folder;
    private final List<String> progress = new ArrayList<>();
    private MavenResolver resolver;

    @BeforeEach
    void repository() throws IOException {
        publish("needed", "1.0", "");
        publish("needed", "2.0", "");
        publish("library", "1.0", "<dependencies>" + DEPENDENCY.formatted("needed", "1.0") + "</dependencies>");
        Files.writeString(folder.resolve("settings.xml"), """
                <settings><localRepository>%s</localRepository>
                <mirrors><mirror><id>files</id><url>%s</url><mirrorOf>*</mirrorOf></mirror></mirrors></settings>
                """.formatted(folder.resolve("local"), folder.resolve("remote").toUri()));
        resolver = new MavenResolver(progress::add, MavenSettings.read(folder));
    }

    @Test
    void libraryComesWithWhatItNeeds() throws IOException {
        assertThat(resolver.resolve(List.of("g:library:1.0"), List.of()))
                .extracting(MavenResolver.Library::name, MavenResolver.Library::version)
                .containsExactly(tuple("g:library", "1.0"), tuple("g:needed", "1.0"));
        assertThat(folder.resolve("local/g/library/1.0/library-1.0.jar")).exists();
    }

    @Test
    void excludedLibraryIsLeftOut() throws IOException {
        assertThat(resolver.resolve(List.of("g:library:1.0"), List.of("g:needed"))).hasSize(1);
        assertThat(resolver.resolve(List.of("g:library:1.0"), List.of("*:*"))).hasSize(1);
        assertThatThrownBy(() -> resolver.resolve(List.of("g:library:1.0"), List.of("needed"))).hasMessageContaining("'needed'");
    }

    @Test
    void fragmentsOfAPomAreEnough() throws IOException {
        assertThat(resolver.resolvePom(DEPENDENCY.formatted("library", "1.0"), List.of())).hasSize(2);
        assertThat(resolver.resolvePom("<dependencies>" + DEPENDENCY.formatted("needed", "${v}")
                + "</dependencies><properties><v>2.0</v></properties>", List.of()))
                .extracting(MavenResolver.Library::version).containsExactly("2.0");
    }

    @Test
    void managedVersionOfAPomRules() throws IOException {
        assertThat(resolver.resolvePom("""
                <project><modelVersion>4.0.0</modelVersion><groupId>my</groupId><artifactId>own</artifactId><version>1</version>
                <dependencyManagement><dependencies>%s</dependencies></dependencyManagement>
                <dependencies>%s</dependencies></project>"""
                .formatted(DEPENDENCY.formatted("needed", "2.0"), DEPENDENCY.formatted("library", "1.0")), List.of()))
                .extracting(MavenResolver.Library::name, MavenResolver.Library::version)
                .containsExactly(tuple("g:library", "1.0"), tuple("g:needed", "2.0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            ''             ~ compiled started
            compile        ~ compiled
            runtime        ~ compiled started
            test           ~ compiled started tested needed
            provided       ~ given
            provided test  ~ compiled started tested needed given
            """)
    void dependenciesOfAPomAreThoseOfTheScopesThatAreAskedFor(String scopes, String found) throws IOException {
        publish("compiled", "1.0", "");
        publish("started", "1.0", "");
        publish("tested", "1.0", "<dependencies>" + DEPENDENCY.formatted("needed", "1.0") + "</dependencies>");
        publish("given", "1.0", "");
        String pom = DEPENDENCY.formatted("compiled", "1.0") + scoped("started", "runtime") + scoped("tested", "test")
                + scoped("given", "provided");
        assertThat(resolver.resolvePom(pom, Stream.of(scopes.split(" ")).filter(each -> !each.isEmpty()).toList()))
                .extracting(each -> each.name().substring(2)).containsExactlyInAnyOrder(found.split(" "));
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> resolver.resolve(List.of("g:nothing:1.0"), List.of()))
                .isInstanceOf(IOException.class).hasMessageContaining("g:nothing:jar:1.0");
        assertThatThrownBy(() -> resolver.resolve(List.of("nonsense"), List.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("nonsense");
        assertThatThrownBy(() -> resolver.resolvePom("<dependency>", List.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no <dependency>");
        assertThatThrownBy(() -> resolver.resolvePom("<project><dependency></project>", List.of()))
                .isInstanceOf(IOException.class).hasMessageContaining("the POM cannot be read");
        assertThatThrownBy(() -> resolver.resolvePom(DEPENDENCY.formatted("needed", "1.0"), List.of("tests")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no scope 'tests'");
    }

    @Test
    void lockedLibrariesAreTakenAgain() throws IOException {
        String request = "g:library:[1.0,2.0)";
        announce("library", "1.0");
        Lock lock = Lock.read(folder.resolve("none.lock"));
        assertThat(lock.contains(request)).isFalse();
        lock.put(request, resolver.resolve(List.of(request), List.of()));
        Path file = Files.writeString(folder.resolve("book.lock"), lock.toString());

        publish("library", "1.5", "");
        announce("library", "1.0", "1.5");
        Lock read = Lock.read(file);
        assertThat(resolver.fetch(read.coordinates(request))).extracting(MavenResolver.Library::coordinates)
                .containsExactly("g:library:jar:1.0", "g:needed:jar:1.0");
        read.verify(request, resolver.fetch(read.coordinates(request)));
        assertThat(read).hasToString(Files.readString(file));
    }

    @Test
    void changedJarIsNotTheLockedOne() throws IOException {
        Lock lock = Lock.read(folder.resolve("none.lock"));
        List<MavenResolver.Library> needed = resolver.resolve(List.of("g:needed:1.0"), List.of());
        lock.put("it", needed);
        Files.writeString(needed.get(0).jar(), "tampered");
        assertThatThrownBy(() -> lock.verify("it", needed)).isInstanceOf(IOException.class)
                .hasMessageContaining("needed-1.0.jar is not the jar that was locked as g:needed:jar:1.0");
    }

    private static String scoped(String artifact, String scope) {
        return DEPENDENCY.formatted(artifact, "1.0").replace("</dependency>", "<scope>" + scope + "</scope></dependency>");
    }

    private void publish(String artifact, String version, String dependencies) throws IOException {
        Path place = Files.createDirectories(folder.resolve("remote/g/" + artifact + "/" + version));
        Files.writeString(place.resolve(artifact + "-" + version + ".jar"), "not really a jar");
        Files.writeString(place.resolve(artifact + "-" + version + ".pom"), """
                <project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>%s</artifactId><version>%s</version>%s</project>
                """.formatted(artifact, version, dependencies));
    }

    private void announce(String artifact, String... versions) throws IOException {
        Files.writeString(folder.resolve("remote/g/" + artifact + "/maven-metadata.xml"), """
                <metadata><groupId>g</groupId><artifactId>%s</artifactId>
                <versioning><versions><version>%s</version></versions></versioning></metadata>
                """.formatted(artifact, String.join("</version><version>", versions)));
    }
}
