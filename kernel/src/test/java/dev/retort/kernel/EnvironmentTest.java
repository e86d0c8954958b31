package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What environment variables do. */
@Timeout(60)
class EnvironmentTest {
    @TempDir
    private Path folder;

    @Test
    void ownNameComesBeforeThatOfTheLine() {
        assertThat(new Environment(Map.of("IJAVA_CLASSPATH", "i", "JJAVA_CLASSPATH", "j")).classPath()).isEqualTo("j");
        assertThat(new Environment(Map.of("IJAVA_CLASSPATH", "i", "RETORT_CLASSPATH", "r")).classPath()).isEqualTo("r");
    }

    @Test
    void startupScriptsGoByTheirNamesInIJava() {
        assertThat(new Environment(Map.of("IJAVA_STARTUP_SCRIPT", "int a;")).startupScript()).isEqualTo("int a;");
        assertThat(new Environment(Map.of("IJAVA_STARTUP_SCRIPTS_PATH", "a.jsh")).startupScripts()).isEqualTo("a.jsh");
    }

    @Test
    void compilerOptionsReachTheCompiler() throws Exception {
        try (Kernel kernel = start(Map.of("IJAVA_COMPILER_OPTS", "--enable-preview --release " + Runtime.version().feature()))) {
            assertThat(run(kernel, "1 + 1").shown()).containsExactly("result: 2");
        }
        try (Kernel kernel = start(Map.of("RETORT_COMPILER_OPTS", " -source  8 "))) {
            assertThat(run(kernel, "var tooNew = 1;").failure().name()).isEqualTo("CompileError");
        }
    }

    @Test
    void startupScriptsMayUseMagicsAndSurviveAReset() throws Exception {
        Path jar = folder.resolve("lib/own.jar");
        Files.createDirectories(jar.getParent());
        TestJar.write(jar, "own.Own", "package own; public class Own { public static int VALUE = 5; }");
        Path script = Files.writeString(folder.resolve("script.jsh"), "%jars " + jar + "\nimport own.*;\nint fromFile = Own.VALUE;");
        try (Kernel kernel = start(Map.of("JJAVA_STARTUP_SCRIPTS_PATH", script.toString(),
                "JJAVA_STARTUP_SCRIPT", "int fromText = fromFile + 1;"))) {
            assertThat(run(kernel, "%reset\nfromText").shown()).containsExactly("result: 6");
        }
    }

    @Test
    void failingStartupScriptDoesNotStopTheKernel() throws Exception {
        try (Kernel kernel = start(Map.of("RETORT_STARTUP_SCRIPT", "int before = 1;\nint bad = before / 0;"))) {
            assertThat(run(kernel, "before").shown()).containsExactly("result: 1");
        }
    }

    @Test
    void classPathIsSeenByCells() throws Exception {
        Files.createDirectories(folder.resolve("more"));
        TestJar.write(folder.resolve("more/one.jar"), "one.One", "package one; public class One { public static int VALUE = 7; }");
        try (Kernel kernel = start(Map.of("IJAVA_CLASSPATH", folder.resolve("more") + "/*.jar"))) {
            assertThat(run(kernel, "one.One.VALUE").shown()).containsExactly("result: 7");
        }
    }

    @Test
    void cellThatTakesTooLongIsInterrupted() throws Exception {
        try (Kernel kernel = start(Map.of("IJAVA_TIMEOUT", "300"))) {
            assertThat(run(kernel, "while (true) { }").failure().name()).isEqualTo("Interrupted");
            assertThat(run(kernel, "1").shown()).containsExactly("result: 1");
        }
        assertThatThrownBy(() -> start(Map.of("RETORT_TIMEOUT", "soon"))).hasMessageContaining("TIMEOUT is 'soon'");
    }

    private Kernel start(Map<String, String> variables) throws Exception {
        Files.createDirectories(folder.resolve("cells"));
        return Kernel.start(new Home(folder), new Environment(variables));
    }

    private static Recorder run(Kernel kernel, String code) {
        Recorder recorder = new Recorder();
        kernel.execute(code, recorder, Input.NONE);
        return recorder;
    }
}
