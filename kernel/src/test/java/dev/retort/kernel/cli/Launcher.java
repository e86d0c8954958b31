package dev.retort.kernel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the launcher as a user does: as a process, on the Java of the tests. */
final class Launcher {
    static final Path ROOT = Path.of(System.getProperty("retort.root"));
    private static final int LIMIT_MINUTES = 15;

    private final Map<String, String> environment = new HashMap<>(Map.of("RETORT_JAVA", System.getProperty("java.home")));
    private Path command = ROOT.resolve("retort");
    private Path folder = ROOT;

    Launcher() {
        environment.put("JAVA_TOOL_OPTIONS", null); // Java announces them on the standard error.
    }

    /** How a process ended, and what it wrote. */
    record Ended(int status, String out, String err) {
    }

    Launcher calledAs(Path link) {
        command = link;
        return this;
    }

    Launcher in(Path workingFolder) {
        folder = workingFolder;
        return this;
    }

    /** Sets a variable of the environment, or removes it if the value is null. */
    Launcher with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Process start(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(heedingCtrlC());
        line.add(command.toString());
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        environment.forEach((variable, value) -> {
            if (value == null) {
                builder.environment().remove(variable);
            } else {
                builder.environment().put(variable, value);
            }
        });
        return builder.start();
    }

    /** In a background job of a shell without job control Ctrl-C is ignored, also by the processes that it starts. */
    private static List<String> heedingCtrlC() throws IOException, InterruptedException {
        List<String> prefix = List.of("/usr/bin/env", "--default-signal=INT");
        List<String> trial = new ArrayList<>(prefix);
        trial.add("true");
        return new ProcessBuilder(trial).start().waitFor() == 0 ? prefix : List.of();
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        return ended(start(arguments));
    }

    static Ended ended(Process process) throws InterruptedException {
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + LIMIT_MINUTES + " minutes: " + out.join());
        }
        return new Ended(process.exitValue(), out.join(), err.join());
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
