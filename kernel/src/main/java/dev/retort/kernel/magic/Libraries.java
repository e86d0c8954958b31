package dev.retort.kernel.magic;

import dev.retort.kernel.maven.MavenResolver.Library;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which libraries cells have: one is never given to them in two versions. */
final class Libraries {
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    private final Map<String, String> versions = new HashMap<>();

    /** @param jars that cells see from the start; their names tell artifact and version */
    Libraries(List<Path> jars) {
        for (Path jar : jars) {
            Matcher name = JAR.matcher(jar.getFileName().toString());
            if (name.matches()) {
                versions.put(name.group(1), name.group(2));
            }
        }
    }

    /** Whether a library is new to cells; if not, says so where another version was wanted. */
    boolean add(Library library) {
        String artifact = library.name().substring(library.name().indexOf(':') + 1);
        String present = versions.getOrDefault(library.name(), versions.get(artifact));
        if (present == null) {
            versions.put(library.name(), library.version());
            return true;
        }
        if (!present.startsWith(library.version())) {
            System.out.println("kept %s %s, which cells have already; %s was asked for"
                    .formatted(library.name(), present, library.version()));
        }
        return false;
    }
}
