package dev.retort.kernel.assist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The source files of the JDK, where it has its {@code lib/src.zip}, and of libraries, where {@code NAME-sources.jar} lies beside
 * {@code NAME.jar} or in the folder {@code sources} beside that of the jar.
 */
final class Sources {
    private final List<Path> archives = new ArrayList<>();

    Sources(List<Path> classPath) {
        this(classPath, Path.of(System.getProperty("java.home"), "lib", "src.zip"));
    }

    /** @param jdk the sources of the JDK; may not exist */
    Sources(List<Path> classPath, Path jdk) {
        for (Path each : classPath) {
            String name = each.getFileName().toString().replaceFirst("\\.jar$", "-sources.jar");
            archives.add(each.resolveSibling(name));
            archives.add(each.resolveSibling("../sources").resolve(name).normalize());
        }
        archives.add(jdk);
        archives.removeIf(each -> !each.toString().endsWith("-sources.jar") && !each.equals(jdk) || !Files.isReadable(each));
    }

    /**
     * The source of a class that no other encloses.
     *
     * @param module its module, empty if it is in none
     * @param name   its qualified name
     * @return null if there is none
     */
    String of(String module, String name) {
        String file = name.replace('.', '/') + ".java";
        for (Path archive : archives) {
            try (ZipFile zip = new ZipFile(archive.toFile())) {
                ZipEntry entry = zip.getEntry(module.isEmpty() ? file : module + "/" + file);
                if (entry != null) {
                    return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                }
            } catch (IOException broken) {
                // As if it were not there: documentation is a help, not a need.
            }
        }
        return null;
    }
}
