package dev.retort.kernel.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The libraries that were once downloaded, for completion of {@code group:artifact:version}. */
public final class LocalLibraries {
    private LocalLibraries() {
    }

    /**
     * Coordinates that begin as the one written, up to the next dot or colon.
     *
     * @param repository a local Maven repository, which may not exist
     */
    public static List<String> complete(Path repository, String written) {
        int colon = written.lastIndexOf(':');
        int start = (colon >= 0 ? colon : written.lastIndexOf('.')) + 1;
        String[] parts = written.split(":", -1);
        try {
            Path group = repository.resolve((colon >= 0 ? parts[0] : written.substring(0, start)).replace('.', '/'));
            return foldersIn(parts.length > 2 ? group.resolve(parts[1]) : group).filter(name -> name.startsWith(written.substring(start)))
                    .sorted().map(written.substring(0, start)::concat).toList();
        } catch (InvalidPathException noName) {
            return List.of();
        }
    }

    private static Stream<String> foldersIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).map(each -> each.getFileName().toString()).toList().stream();
        } catch (IOException noFolder) {
            return Stream.empty();
        }
    }
}
