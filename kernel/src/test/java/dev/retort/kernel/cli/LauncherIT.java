package dev.retort.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.cli.Launcher.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Java the launcher takes, and where it can be called from. */
class LauncherIT {
    private static final List<String> TOOLS = List.of("basename", "cat", "cut", "dirname", "find", "grep", "head", "mkdir", "mv",
            "readlink", "sed", "stty");

    @TempDir
    private Path folder;

    @Test
    void worksFromAnyFolderThroughALinkWithSpaces() throws Exception {
        Path link = Files.createSymbolicLink(Files.createDirectory(folder.resolve("a folder")).resolve("my retort"), Launcher.ROOT.resolve("retort"));
        Ended ended = new Launcher().calledAs(link).in(folder).run("--version");
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).startsWith("retort ").contains("on Java " + System.getProperty("java.version"));
    }

    @Test
    void startsFromAnArchiveOfClasses() throws Exception {
        assertThat(new Launcher().run("--version").status()).isZero();
        Path start = Launcher.ROOT.resolve("target/start").resolve(nameOf(Path.of(System.getProperty("java.home"))));
        assertThat(start.resolve("archive")).isNotEmptyFile();
        assertThat(start.resolve("jvm.options")).content()
                .containsPattern("(?m)^-XX:(AOTCache|SharedArchiveFile)=\"" + start.resolve("archive") + "\"$");
    }

    @Test
    void takesTheNewestJdkOfJavaHomeAndPath() throws Exception {
        Path path = tools();
        Files.createSymbolicLink(path.resolve("java"), jdk("newest", "99.0.1").resolve("bin/java"));
        Ended ended = new Launcher().with("RETORT_JAVA", null).with("JAVA_HOME", jdk("home", "17.0.2").toString())
            .with("PATH", path.toString()).run("--version");
        assertThat(ended.out()).isEqualTo("Java 99.0.1\n");
    }

    @Test
    void retortJavaWinsOverNewerOnes() throws Exception {
        Ended ended = new Launcher().with("RETORT_JAVA", jdk("wanted", "17").toString())
            .with("JAVA_HOME", jdk("newer", "25").toString()).run();
        assertThat(ended.out()).isEqualTo("Java 17\n");
    }

    @Test
    void anUnsuitableRetortJavaIsAnError() throws Exception {
        assertRefused(new Launcher().with("RETORT_JAVA", jdk("old", "11.0.2").toString()).run(), "old is older than 17");
        assertRefused(new Launcher().with("RETORT_JAVA", folder.toString()).run(), "is not a JDK's folder");
        Path jre = jdk("jre", "21");
        Files.delete(jre.resolve("bin/javac"));
        assertRefused(new Launcher().with("RETORT_JAVA", jre.toString()).run(), "is a JRE, not a JDK");
    }

    @Test
    void withoutAJdkItSaysWhatWasLookedAt() throws Exception {
        Ended ended = new Launcher().with("RETORT_JAVA", null).with("JAVA_HOME", jdk("old", "8").toString())
            .with("PATH", tools().toString()).run("--version");
        assertRefused(ended, "no JDK 17 or newer found", "set RETORT_JAVA", "old is older than 17");
    }

    @AfterEach
    void forgetTheJdksOfThisTest() throws IOException {
        String name = nameOf(folder);
        Path starts = Files.createDirectories(Launcher.ROOT.resolve("target/start"));
        try (Stream<Path> prepared = Files.list(starts)) {
            for (Path each : prepared.filter(path -> path.getFileName().toString().startsWith(name)).toList()) {
                KernelSpec.delete(each);
            }
        }
    }

    /** What the launcher calls the folder of a JDK's start. */
    private static String nameOf(Path jdk) {
        return jdk.toString().replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static void assertRefused(Ended ended, String... reasons) {
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).startsWith("retort: ").contains(reasons);
    }

    /** A folder that looks like a JDK, whose java tells its version. */
    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"java.base jdk.compiler jdk.jshell\"\n");
        script(home.resolve("bin/java"), "echo Java " + version);
        script(home.resolve("bin/javac"), "exit 1");
        return home;
    }

    /** A folder with what the launcher needs beside a Java, for a PATH without one. */
    private Path tools() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            script(bin.resolve(tool), "PATH=/usr/bin:/bin exec " + tool + " \"$@\"");
        }
        return bin;
    }

    private static void script(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
