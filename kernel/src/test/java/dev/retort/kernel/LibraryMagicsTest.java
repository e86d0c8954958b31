package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Libraries from a repository of files, which the user's settings name as the mirror of all. */
class LibraryMagicsTest extends RunningKernel {
    private static final String HOME = "user.home";

    /** The jars of these tests offer their class as an extension. */
    private static final String SOURCE = """
            package %s;
            public class %s implements org.dflib.jjava.jupyter.Extension {
                public static int VALUE = 1;
                @Override public void install(org.dflib.jjava.jupyter.kernel.BaseKernel kernel) { }
            }
            """;

    private final String home = System.getProperty(HOME);

    @Override
    void prepare(Path cells) throws Exception {
        TestJar.write(cells.resolve("present-1.0.jar"), "present.Present", SOURCE.formatted("present", "Present"));
        publish("word", "1.0", "");
        publish("sentence", "1.0", dependency("word", "1.0"));
        publish("verb", "1.0", "");
        publish("present", "2.0", "");
        Files.createDirectories(folder.resolve(".m2"));
        Files.writeString(folder.resolve(".m2/settings.xml"), """
                <settings><mirrors><mirror><id>files</id><url>%s</url><mirrorOf>*</mirrorOf></mirror></mirrors></settings>
                """.formatted(folder.resolve("remote").toUri()));
        System.setProperty(HOME, folder.toString());
    }

    @Override
    @AfterAll
    void close() {
        System.setProperty(HOME, home);
        super.close();
    }

    @Test
    void libraryIsLockedAndTakenAgain() throws Exception {
        Path lock = folder.resolve("book.lock");
        String magic = "%maven g:sentence:1.0 --lock " + lock + "\nsentence.Sentence.VALUE + word.Word.VALUE";
        assertThat(run(magic).shown()).contains(
                "stdout: locked 2 libraries in %s\nadded g:sentence 1.0\nadded g:word 1.0\n".formatted(lock), "result: 2");
        assertThat(lock).content().contains("[g:sentence:1.0]\ng:sentence:jar:1.0 sha256:", "\ng:word:jar:1.0 sha256:");
        assertThat(run(magic).shown()).containsExactly("result: 2");

        Files.writeString(lock, Files.readString(lock).replaceAll("(word:jar:1.0 sha256:)\\w+", "$1beef"));
        assertThat(run(magic).failure().message()).contains("is not the jar that was locked as g:word:jar:1.0");
    }

    @Test
    void fragmentsOfAPomAreEnough() {
        assertThat(run("%%loadFromPOM\n" + dependency("verb", "1.0")).shown()).contains("stdout: added g:verb 1.0\n");
        assertThat(run("verb.Verb.VALUE").shown()).containsExactly("result: 1");
    }

    @Test
    void whatCellsHaveIsKept() {
        assertThat(run("%maven g:present:2.0").shown()) // On a slow machine progress is shown, too.
                .contains("stdout: kept g:present 1.0, which cells have already; 2.0 was asked for\n");
    }

    @Test
    void wrongUseSaysWhatToWrite() {
        assertThat(run("%maven").failure().message()).isEqualTo("which library? write %maven group:artifact:version");
        assertThat(run("%maven g:word:1.0 --lock").failure().message()).isEqualTo("nothing follows --lock");
        assertThat(run("%mavenRepo here").failure().message()).isEqualTo("write %mavenRepo id url");
    }

    private static String dependency(String artifact, String version) {
        return "<dependencies><dependency><groupId>g</groupId><artifactId>" + artifact + "</artifactId><version>" + version
                + "</version></dependency></dependencies>";
    }

    private void publish(String artifact, String version, String dependencies) throws Exception {
        Path place = Files.createDirectories(folder.resolve("remote/g/" + artifact + "/" + version));
        String type = artifact.substring(0, 1).toUpperCase() + artifact.substring(1);
        TestJar.write(place.resolve(artifact + "-" + version + ".jar"), artifact + "." + type,
                SOURCE.formatted(artifact, type));
        Files.writeString(place.resolve(artifact + "-" + version + ".pom"), """
                <project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>%s</artifactId><version>%s</version>%s</project>
                """.formatted(artifact, version, dependencies));
    }
}
