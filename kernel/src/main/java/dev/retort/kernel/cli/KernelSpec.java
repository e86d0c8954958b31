package dev.retort.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that tells Jupyter how to start Retort.
 *
 * @param folder {@code kernels/NAME} in a data folder of Jupyter
 */
record KernelSpec(Path folder) {
    static final String NAME = "retort";
    private static final String DISPLAY_NAME = "Retort (Java)";
    private static final String LANGUAGE = "java";
    private static final String FILE = "kernel.json";
    private static final List<String> LOGOS = List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** How the metadata of a notebook names the kernelspec. */
    static ObjectNode ofNotebook() {
        return JSON.createObjectNode().put("display_name", DISPLAY_NAME).put("language", LANGUAGE).put("name", NAME);
    }

    /** Writes the kernelspec, in place of an older one of Retort's. */
    void install(Home home) throws IOException {
        refuseForeign();
        Path temporary = folder.resolveSibling("." + folder.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        Files.createDirectories(temporary);
        try {
            for (String logo : LOGOS) {
                try (InputStream image = KernelSpec.class.getResourceAsStream(logo)) {
                    Files.copy(image, temporary.resolve(logo));
                }
            }
            Files.writeString(temporary.resolve(FILE), JSON.writeValueAsString(json(home)) + "\n");
            delete(folder);
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(temporary);
        }
    }

    /** Removes the kernelspec. */
    void uninstall() throws IOException {
        if (!Files.exists(folder)) {
            throw new CommandException("there is no kernelspec in " + folder);
        }
        refuseForeign();
        delete(folder);
    }

    private void refuseForeign() throws IOException {
        if (Files.exists(folder) && !isRetorts()) {
            throw new CommandException("the kernelspec in " + folder + " is not Retort's; choose another --name");
        }
    }

    private boolean isRetorts() throws IOException {
        Path file = folder.resolve(FILE);
        return Files.exists(file) && JSON.readTree(file.toFile()).path("metadata").has(NAME);
    }

    private static JsonNode json(Home home) {
        ObjectNode json = JSON.createObjectNode();
        json.putArray("argv")
            .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .add("@" + jvmOptions(home))
            .add("-cp").add(home.folder().resolve("lib") + "/*")
            .add(KernelMain.class.getName()).add("{connection_file}");
        json.put("display_name", DISPLAY_NAME);
        json.put("language", LANGUAGE);
        json.put("interrupt_mode", "message");
        json.putObject("env").put("MALLOC_ARENA_MAX", "1"); // As the launcher says, which tells why.
        json.putObject("metadata").put("debugger", false).putObject(NAME).put("home", home.folder().toString());
        return json;
    }

    /** As the launcher started this process: with what it has prepared for quick starts. */
    private static Path jvmOptions(Home home) {
        return Path.of(System.getProperty(Home.START, home.folder().toString())).resolve("jvm.options");
    }

    /** Deletes a folder and all in it. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
