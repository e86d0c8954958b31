package dev.retort.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A few named pieces in one file, a ZIP archive, which appears whole or not at all. */
public final class Archive {
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    private Archive() {
    }

    /**
     * Writes it under a temporary name first. What a killed process left under such a name goes, once it is an hour old.
     *
     * @throws IOException when it cannot be written; what was there before is then still there
     */
    public static void write(Path file, Map<String, byte[]> pieces) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder to save " + target.getFileName() + " in");
        }
        String prefix = "." + target.getFileName();
        deleteLeftovers(folder, prefix);
        Path temporary = Files.createTempFile(folder, prefix, ".tmp");
        try {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(temporary))) {
                for (Map.Entry<String, byte[]> piece : pieces.entrySet()) {
                    zip.putNextEntry(new ZipEntry(piece.getKey()));
                    zip.write(piece.getValue());
                    zip.closeEntry();
                }
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void deleteLeftovers(Path folder, String prefix) throws IOException {
        Predicate<String> temporary = Pattern.compile(Pattern.quote(prefix) + "\\d+\\.tmp").asMatchPredicate();
        long oldest = System.currentTimeMillis() - LONGEST_WRITE.toMillis(); // a younger one may be another process's, which writes it now
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, file -> temporary.test(file.getFileName().toString())
                && file.toFile().lastModified() < oldest)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    /**
     * The pieces of these names.
     *
     * @throws NoSuchFileException when there is no such file
     * @throws ZipException        when it is none of ours, or is damaged
     */
    public static Map<String, byte[]> read(Path file, String... names) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        Map<String, byte[]> pieces = new HashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (String name : names) {
                ZipEntry entry = zip.getEntry(name);
                if (entry == null) {
                    throw new ZipException("no " + name + " in it");
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    pieces.put(name, in.readAllBytes());
                }
            }
        }
        return pieces;
    }
}
