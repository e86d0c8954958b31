package dev.retort.kernel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.dflib.jjava.jupyter.Extension;

/** Jars compiled on the spot. */
public final class TestJar {
    private TestJar() {
    }

    /**
     * Writes a jar with one class, which is offered as an extension.
     *
     * @param options of the compiler
     */
    public static void write(Path jar, String className, String source, String... options) throws IOException {
        Path folder = Files.createTempDirectory(jar.getParent(), "classes");
        compile(folder, className, source, options);
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> classes = Files.walk(folder)) {
            entries.putNextEntry(new JarEntry("META-INF/services/" + Extension.class.getName()));
            entries.write(className.getBytes(StandardCharsets.UTF_8));
            for (Path each : List.of(classes.filter(Files::isRegularFile).toArray(Path[]::new))) {
                entries.putNextEntry(new JarEntry(folder.relativize(each).toString()));
                Files.copy(each, entries);
            }
        }
    }

    /** Compiles one class into a folder. */
    static void compile(Path folder, String className, String source, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve(className.substring(className.lastIndexOf('.') + 1) + ".java"), source);
        Stream<String> arguments = Stream.of("-d", folder.toString(), "-cp", Home.locationOf(Extension.class).toString(), file.toString());
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null,
                Stream.concat(Stream.of(options), arguments).toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException(className + " does not compile");
        }
        Files.delete(file);
    }
}
