package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Scripts, files and environment variables. */
class SystemMagicsTest extends RunningKernel {

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void scriptShowsWhatItPrints() {
        assertThat(run("%%sh one \"two three\"\necho żółć; echo \"$2\" >&2").shown())
                .containsExactlyInAnyOrder("stdout: żółć\n", "stderr: two three\n");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void scriptMayBeOfBash() {
        assertThat(run("%%bash one\nwords=(x y); echo ${#words[@]} $1").shown()).containsExactly("stdout: 2 one\n");
        assertThat(run("%%bash\nexit 4").failure().message()).isEqualTo("bash ended with status 4");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void scriptThatFailsFailsTheCell() {
        assertThat(run("%%sh\necho before\nexit 3").shown())
                .containsExactly("stdout: before\n", "error: MagicError: sh ended with status 3");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void scriptHasNoInput() {
        assertThat(run("%%sh\ncat; echo end").shown()).containsExactly("stdout: end\n");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void interruptEndsAllThatTheScriptStarted() throws Exception {
        Path fifo = folder.resolve("fifo");
        run("%%sh\nmkfifo " + fifo);
        Thread interrupter = new Thread(() -> {
            try {
                Files.readString(fifo); // Returns when the script has started its children.
                kernel.interrupt();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        interrupter.start();
        String seconds = Long.toString(1_000_000_000 + ProcessHandle.current().pid()); // Other builds may run beside this one.
        String script = "%%sh\nsh -c 'sleep N & sleep N; true' & echo started > ".replace("N", seconds) + fifo + "; wait";
        assertThat(run(script).shown()).containsExactly("error: Interrupted: the cell was interrupted");
        interrupter.join();
        ProcessHandle.allProcesses().filter(each -> each.info().commandLine().orElse("").contains(seconds))
                .forEach(each -> each.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void variableSetHereIsSeenByScripts() {
        assertThat(run("%env GREETING=hello you").shown()).isEmpty();
        assertThat(run("%%sh\necho $GREETING").shown()).containsExactly("stdout: hello you\n");
        assertThat(run("%env GREETING").shown()).containsExactly("stdout: hello you\n");
        assertThat(run("%env NOT_SET_ANYWHERE").failure().message()).contains("%env NOT_SET_ANYWHERE=value");
    }

    @Test
    void secretsAreNotListed() {
        run("%env MY_API_KEY=abc123");
        assertThat(run("%env").shown().get(0)).contains("MY_API_KEY=•••").doesNotContain("abc123");
    }

    @Test
    void fileIsWrittenAtOnceOrAddedTo() throws Exception {
        Path file = folder.resolve("notes.txt");
        assertThat(run("%%writefile " + file + "\none\n%two").shown()).containsExactly("stdout: wrote " + file + "\n");
        run("%%writefile -a " + file + "\nthree");
        assertThat(file).hasContent("one\n%two\nthree\n");
        try (var files = Files.list(folder)) {
            assertThat(files.sorted(Comparator.naturalOrder()).map(Path::toString)).noneMatch(name -> name.endsWith(".new"));
        }
        assertThat(run("%%writefile " + folder + "/none/x\n").failure().message()).contains("no folder " + folder + "/none");
    }
}
