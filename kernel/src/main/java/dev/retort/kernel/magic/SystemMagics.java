package dev.retort.kernel.magic;

import dev.retort.kernel.file.WholeFile;
import dev.retort.kernel.magic.Magic.Operand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Magics about the machine: scripts, files and environment variables. */
final class SystemMagics {
    private static final Pattern SECRET = Pattern.compile("(?i)key|token|secret|passw|pwd|credential|auth|cookie|private");

    /** Completion asks for the names while a cell may change them. */
    private final SortedMap<String, String> environment = new ConcurrentSkipListMap<>(System.getenv());

    List<Magic> table() {
        return List.of(
                new Magic("%%bash [argument …]", List.of(), Operand.FILE, "runs the lines below in bash",
                        call -> script("bash", call)),
                new Magic("%%sh [argument …]", List.of(), Operand.FILE, "runs the lines below in sh",
                        call -> script("sh", call)),
                new Magic("%%writefile [-a] file", List.of("file"), Operand.FILE,
                        "writes the lines below into a file; with -a, after what is in it", this::writeFile),
                new Magic("%env [name[=value]]", List.of(), Operand.VARIABLE,
                        "shows environment variables, or sets one for %%bash and %%sh; Java's own cannot change", this::env));
    }

    /** The environment variables that scripts see. */
    Stream<String> variables() {
        return environment.keySet().stream();
    }

    private Object script(String interpreter, Call call) throws IOException, InterruptedException {
        int status = new Script(interpreter, call.words(), call.body()).run(environment);
        if (status != 0) {
            throw new IllegalStateException(interpreter + " ended with status " + status);
        }
        return null;
    }

    private Object writeFile(Call call) throws IOException {
        List<String> words = call.words();
        boolean append = words.contains("-a");
        if (words.size() != (append ? 2 : 1)) {
            throw new IllegalArgumentException("write %%writefile [-a] file");
        }
        Path file = Path.of(words.get(append && words.get(0).equals("-a") ? 1 : 0));
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("no folder " + folder + " to write " + file.getFileName() + " in");
        }
        String body = call.body().endsWith("\n") ? call.body() : call.body() + "\n";
        if (append) {
            Files.writeString(file, body, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } else {
            WholeFile.write(file, body);
        }
        System.out.println((append ? "added to " : "wrote ") + file);
        return null;
    }

    private Object env(Call call) {
        String[] parts = call.text().split("\\s*=\\s*|\\s+", 2);
        String name = parts[0];
        if (name.isEmpty()) {
            environment.forEach((each, value) -> System.out.println(each + "=" + (SECRET.matcher(each).find() ? "•••" : value)));
        } else if (parts.length == 2) {
            environment.put(name, parts[1]);
        } else if (environment.containsKey(name)) {
            System.out.println(environment.get(name));
        } else {
            throw new IllegalArgumentException("no environment variable " + name + " is set; %env " + name + "=value sets it");
        }
        return null;
    }
}
