package dev.retort.kernel.magic;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Text for another interpreter, run in a process of its own: what it prints is shown as it comes, it has no input, and what it
 * started ends with it when it is stopped.
 */
record Script(String interpreter, List<String> arguments, String text) {
    private static final File NOTHING = new File(File.separatorChar == '/' ? "/dev/null" : "NUL");

    /**
     * Runs the script and waits until it, and all that print to its output, have ended.
     *
     * @return its exit status
     * @throws InterruptedException if the wait is interrupted, once its processes are told to end
     */
    int run(Map<String, String> environment) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(interpreter, "-c", text, interpreter));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(NOTHING);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            Thread out = show(process.getInputStream(), System.out);
            Thread err = show(process.getErrorStream(), System.err);
            int status = process.waitFor();
            out.join();
            err.join();
            return status;
        } catch (InterruptedException e) {
            kill(process);
            throw e;
        }
    }

    private static Thread show(InputStream from, PrintStream to) {
        Thread thread = new Thread(() -> copy(from, to), "script output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream from, PrintStream to) {
        try (Reader reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
            char[] buffer = new char[8192];
            int read = reader.read(buffer);
            while (read >= 0) {
                to.print(new String(buffer, 0, read));
                read = reader.read(buffer);
            }
        } catch (IOException e) {
            // The process was killed, and its output with it.
        }
    }

    private static void kill(Process process) throws IOException, InterruptedException {
        Set<ProcessHandle> tree = new LinkedHashSet<>(Set.of(process.toHandle()));
        boolean grows = true;
        while (grows) {
            halt(tree);
            grows = tree.addAll(process.descendants().toList());
        }
        tree.forEach(ProcessHandle::destroyForcibly);
        process.getInputStream().close();
        process.getErrorStream().close();
    }

    /** A process that is halted starts no other one, unseen, while the tree is cut down. */
    private static void halt(Set<ProcessHandle> tree) throws IOException, InterruptedException {
        if (File.separatorChar == '/') {
            List<String> command = new ArrayList<>(List.of("kill", "-STOP"));
            tree.forEach(each -> command.add(Long.toString(each.pid())));
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(NOTHING).start().waitFor();
        }
    }
}
