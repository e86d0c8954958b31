package dev.retort.kernel.assist;

import dev.retort.kernel.assist.Completion.Kind;
import dev.retort.kernel.assist.Completion.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Completes the names of files, in strings and after magics. */
public final class FileNames {
    private FileNames() {
    }

    /**
     * The files and folders that the end of the text may become: a folder's name ends with a slash. Hidden files are left out
     * unless a dot is written.
     *
     * @param start where the path starts in the text
     */
    public static Completion complete(String text, int start) {
        int slash = Math.max(start, text.lastIndexOf('/') + 1);
        String prefix = text.substring(slash);
        try (Stream<Path> files = Files.list(folder(text.substring(start, slash)))) {
            List<Match> matches = files
                    .map(file -> file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
                    .filter(name -> name.startsWith(prefix) && (!prefix.isEmpty() || !name.startsWith(".")))
                    .sorted()
                    .map(name -> new Match(name, Kind.PATH, ""))
                    .toList();
            return new Completion(matches, slash);
        } catch (IOException | InvalidPathException noFolder) {
            return new Completion(List.of(), text.length());
        }
    }

    private static Path folder(String path) {
        return path.startsWith("~/") ? Path.of(System.getProperty("user.home"), path.substring(2)) : Path.of(path);
    }
}
