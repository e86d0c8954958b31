package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.wire.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Libraries from repositories of files, one of which the user's settings name as the mirror of Central. */
class LibraryMagicsTest extends RunningKernel {
    private static final String HOME = "user.home";
    private static final String CENTRAL = "remote";

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
        TestJar.write(cells.resolve("present-1.0.jar"), "present.Present", source("present"));
        publish(CENTRAL, "word", "1.0", "");
        publish(CENTRAL, "sentence", "1.0", dependency("word", "1.0"));
        publish(CENTRAL, "verb", "1.0", "");
        publish(CENTRAL, "present", "2.0", "");
        Files.createDirectories(folder.resolve(".m2"));
        Files.writeString(folder.resolve(".m2/settings.xml"), """
                <settings><mirrors><mirror><id>files</id><url>%s</url><mirrorOf>central</mirrorOf></mirror></mirrors></settings>
                """.formatted(folder.resolve(CENTRAL).toUri()));
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
    void dependenciesOfOtherScopesAreThereOnRequest() throws Exception {
        publish(CENTRAL, "subject", "1.0", "");
        String dependencies = dependency("subject", "1.0").replace("</dependency>", "<scope>test</scope></dependency>");
        Path pom = Files.writeString(folder.resolve("own.pom"), dependencies);
        assertThat(run("%loadFromPOM " + pom + " -v").shown()).noneMatch(output -> output.contains("added"));
        assertThat(run("%loadFromPOM " + pom + " provided test").shown()).contains("stdout: added g:subject 1.0\n");

        publish(CENTRAL, "object", "1.0", "");
        assertThat(run("%%loadFromPOM test\n" + dependencies.replace("subject", "object")).shown())
                .contains("stdout: added g:object 1.0\n");
        assertThat(run("%%loadFromPOM tests\n" + dependencies).failure().message()).startsWith("no scope 'tests'; there are compile, ");
    }

    @Test
    void excludedLibraryIsLeftOut() throws Exception {
        publish(CENTRAL, "stop", "1.0", "");
        publish(CENTRAL, "clause", "1.0", dependency("stop", "1.0"));
        assertThat(run("%maven g:clause:1.0 --exclude g:stop").shown()).contains("stdout: added g:clause 1.0\n");
        assertThat(run("stop.Stop.VALUE").failure().name()).isEqualTo("CompileError");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            noun     ~ %maven g:noun:1.0 --repo URL
            pronoun  ~ %maven --repo own=URL g:pronoun:1.0
            adverb   ~ %maven --from URL g:adverb:1.0
            article  ~ %maven g:article:1.0 --from=URL
            numeral  ~ %mavenRepo lasting URL\\n%maven g:numeral:1.0
            adjunct  ~ %mavenRepo known URL\\n%maven g:adjunct:1.0 --from known
            particle ~ %addMavenRepo another URL\\n%maven g:particle:1.0
            """)
    void anotherRepositoryIsLookedInto(String artifact, String magics) throws Exception {
        publish("of-" + artifact, artifact, "1.0", "");
        assertThat(run("%maven g:" + artifact + ":1.0").failure().message()).contains("g:" + artifact + ":jar:1.0");
        String url = folder.resolve("of-" + artifact).toUri().toString();
        assertThat(run(magics.replace("URL", url).replace("\\n", "\n")).shown()).contains("stdout: added g:" + artifact + " 1.0\n");
    }

    /** As notebooks of IJava have them. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            comma  ~ %addMavenDependency g:comma:1.0
            colon  ~ %addMavenDependencies g:colon:1.0
            dash   ~ %maven -v g:dash:1.0
            quote  ~ %maven g:quote:1.0 --verbose
            """)
    void magicsOfIJavaAddLibraries(String artifact, String magic) throws Exception {
        publish(CENTRAL, artifact, "1.0", "");
        assertThat(run(magic).shown()).contains("stdout: added g:" + artifact + " 1.0\n");
        assertThat(run(artifact + "." + type(artifact) + ".VALUE").shown()).containsExactly("result: 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jars", "addJars", "classpath", "addClasspath"})
    void jarsAreAdded(String magic) throws Exception {
        Path jar = folder.resolve(magic + ".jar");
        TestJar.write(jar, magic + "." + type(magic), source(magic));
        assertThat(run("%" + magic + " " + jar).shown()).isEmpty();
        assertThat(run(magic + "." + type(magic) + ".VALUE").shown()).containsExactly("result: 1");
    }

    @Test
    void classPathIsShownWithAddedFolders() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("compiled"));
        TestJar.compile(classes, "compiled.Compiled", source("compiled"));
        assertThat(run("%classpath " + classes).shown()).isEmpty();
        assertThat(run("compiled.Compiled.VALUE").shown()).containsExactly("result: 1");
        assertThat(run("%classpath").shown()).singleElement().asString()
                .startsWith("stdout: /").contains("/cells/present-1.0.jar\n", "\n" + classes + "\n");
    }

    @Test
    void ownVersionOfALibraryOfTheKernelWins() throws Exception {
        assertThat(run("new com.google.gson.Gson().toJson(List.of(1))").shown()).containsExactly("result: [1]");
        Path jar = folder.resolve("gson-99.jar");
        TestJar.write(jar, "com.google.gson.Gson", SOURCE.formatted("com.google.gson", "Gson"));
        assertThat(run("%jars " + jar + "\ncom.google.gson.Gson.VALUE").shown()).containsExactly("result: 1");
    }

    @Test
    void whatWasDownloadedCompletes() throws Exception {
        publish(CENTRAL, "adjective", "1.0", "");
        run("%maven g:adjective:1.0");
        String code = "%maven g:adj";
        assertThat(CodeRequests.complete(kernel, Message.newObject().put("code", code).put("cursor_pos", code.length()))
                .path("matches")).hasToString("[\"g:adjective\"]");
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
        assertThat(run("%mavenRepo id here").failure().message()).isEqualTo("'here' is not the URL of a repository");
        assertThat(run("%maven g:word:1.0 --repo there").failure().message()).isEqualTo("'there' is not the URL of a repository");
        assertThat(run("%loadFromPOM").failure().message()).isEqualTo("write %loadFromPOM file [scope …]");
    }

    private static String dependency(String artifact, String version) {
        return "<dependencies><dependency><groupId>g</groupId><artifactId>" + artifact + "</artifactId><version>" + version
                + "</version></dependency></dependencies>";
    }

    private static String type(String artifact) {
        return artifact.substring(0, 1).toUpperCase() + artifact.substring(1);
    }

    private static String source(String artifact) {
        return SOURCE.formatted(artifact, type(artifact));
    }

    private void publish(String repository, String artifact, String version, String dependencies) throws Exception {
        Path place = Files.createDirectories(folder.resolve(repository + "/g/" + artifact + "/" + version));
        TestJar.write(place.resolve(artifact + "-" + version + ".jar"), artifact + "." + type(artifact), source(artifact));
        Files.writeString(place.resolve(artifact + "-" + version + ".pom"), """
                <project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>%s</artifactId><version>%s</version>%s</project>
                """.formatted(artifact, version, dependencies));
    }
}
