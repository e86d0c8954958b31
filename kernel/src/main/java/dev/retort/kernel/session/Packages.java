package dev.retort.kernel.session;

import dev.retort.kernel.file.WholeFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Which packages each jar has, and which services. Kept in a file between starts: to read it is quicker than to open dozens of jars. */
public final class Packages {
    /** How the file of a service starts, which names who offers it. */
    static final String SERVICES = "META-INF/services/";
    private static final String SUFFIX = ".class";

    private final Properties saved = new Properties();
    private final Map<Path, Set<String>> known = new ConcurrentHashMap<>();

    /** @param file what {@link #save} wrote; a jar that it does not know is looked into */
    public Packages(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            saved.load(reader);
        } catch (IOException | IllegalArgumentException unusable) {
            saved.clear();
        }
    }

    /** Looks into jars and writes what is in them. */
    public static void save(List<Path> jars, Path file) throws IOException {
        Properties all = new Properties();
        for (Path jar : jars) {
            all.setProperty(version(jar), String.join(" ", list(jar)));
        }
        StringWriter text = new StringWriter();
        all.store(text, null);
        WholeFile.write(file, text.toString());
    }

    /** The packages of a jar's classes, and its files of services. */
    Set<String> of(Path jar) throws IOException {
        Set<String> packages = known.get(jar);
        if (packages == null) {
            String line = saved.getProperty(version(jar));
            packages = line == null ? list(jar) : Set.of(line.split(" "));
            known.put(jar, packages);
        }
        return packages;
    }

    /** Differs for a jar that was replaced by another one. */
    private static String version(Path jar) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
        return attributes.size() + ":" + attributes.lastModifiedTime().toMillis() + ":" + jar;
    }

    private static Set<String> list(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(SUFFIX) || name.startsWith(SERVICES))
                    .map(name -> name.endsWith(SUFFIX) ? name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.') : name)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
