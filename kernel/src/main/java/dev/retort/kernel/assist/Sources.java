package dev.retort.kernel.assist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The source files of the JDK, where it has its {@code lib/src.zip}, and of libraries, where {@code NAME-sources.jar} lies beside
 * {@code NAME.jar} or in the folder {@code sources} beside that of the jar. For one thread at a time.
 */
final class Sources {
    /** So many files are kept as they were parsed, each a few MB. */
    private static final int KEPT = 4;

    private final List<Path> archives = new ArrayList<>();
    private final Map<String, SourceFile> parsed = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SourceFile> eldest) {
            return size() > KEPT;
        }
    };

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
    SourceFile of(String module, String name) {
        String file = (module.isEmpty() ? "" : module + "/") + name.replace('.', '/') + ".java";
        return parsed.computeIfAbsent(file, any -> {
            String text = text(file);
            return text == null ? null : new SourceFile(text);
        });
    }

    private String text(String file) {
        for (Path archive : archives) {
            try (ZipFile zip = new ZipFile(archive.toFile())) {
                ZipEntry entry = zip.getEntry(file);
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
