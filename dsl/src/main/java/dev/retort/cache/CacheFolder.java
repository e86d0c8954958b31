package dev.retort.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Answers on disk: a folder for each teacher and data set, in it a file for each {@link Segment}. A file is written whole and
 * never changed again, so that several sessions can share the folder.
 *
 * @param budgetBytes what all files together may take; those that were not used for longest go first
 */
record CacheFolder(Path folder, long budgetBytes) {
    private static final String SUFFIX = ".answers";
    private static final long BUDGET_BYTES = 4L << 30;

    /** {@code RETORT_CACHE}, otherwise the system's place for caches; empty when the variable says {@code false}. */
    static Optional<CacheFolder> ofUser() {
        String chosen = System.getenv("RETORT_CACHE");
        if ("false".equalsIgnoreCase(chosen)) {
            return Optional.empty();
        }
        Path caches = chosen != null && !chosen.isBlank() ? Path.of(chosen) : ofSystem().resolve("retort");
        return Optional.of(new CacheFolder(caches.resolve("answers"), BUDGET_BYTES));
    }

    private static Path ofSystem() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home"));
        if (system.startsWith("mac")) {
            return home.resolve("Library/Caches");
        }
        String named = System.getenv(system.startsWith("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        return named != null && !named.isBlank() ? Path.of(named) : home.resolve(".cache");
    }

    /**
     * The answers that are there. What was cut or altered is deleted and told.
     *
     * @param key  teacher and data set
     * @param what {@code logits}, or the name of a layer
     */
    List<Segment> read(String key, String what, Consumer<String> tell) {
        List<Segment> segments = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (Path file : files(folder.resolve(key), prefix(what))) {
            try {
                segments.add(map(file));
            } catch (ClosedByInterruptException e) {
                throw new CancellationException("interrupted while the cache " + folder + " was read");
            } catch (IOException e) {
                damaged.add(file.getFileName() + ": " + e.getMessage());
                delete(file);
            }
        }
        if (!damaged.isEmpty()) {
            tell.accept("damaged in the cache " + folder + " and thrown away, the teacher answers for those rows again: "
                    + String.join("; ", damaged));
        }
        return segments;
    }

    /** Writes answers, and maps them into memory. @throws IOException when they cannot be written; nothing is left behind */
    Segment write(String key, String what, ByteBuffer bytes) throws IOException {
        Path own = Files.createDirectories(folder.resolve(key));
        Path temporary = Files.createTempFile(own, "", ".tmp"); // for the owner's eyes only, as all temporary files are
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                for (ByteBuffer left = bytes.duplicate(); left.hasRemaining();) {
                    channel.write(left);
                }
            }
            String unique = temporary.getFileName().toString().replace(".tmp", "");
            Path file = own.resolve(prefix(what) + unique + SUFFIX);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return map(file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Notes that these answers are used, and deletes others until the budget is kept. */
    void tidy(String key) {
        try (Stream<Path> list = Files.list(folder)) {
            Files.setLastModifiedTime(folder.resolve(key), FileTime.from(Instant.now()));
            List<Path> oldestFirst = list.sorted(Comparator.comparing(CacheFolder::lastUsed)).toList();
            long bytes = oldestFirst.stream().mapToLong(CacheFolder::size).sum();
            for (Path oldest : oldestFirst) {
                if (bytes > budgetBytes && !oldest.endsWith(key)) {
                    bytes -= size(oldest);
                    files(oldest, "").forEach(CacheFolder::delete);
                    delete(oldest);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // Another session tidies, too; or there is nothing yet.
        }
    }

    private static String prefix(String what) {
        return URLEncoder.encode(what, StandardCharsets.UTF_8).replace("*", "%2A") + "~";
    }

    private static Segment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return Segment.of(channel.map(MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    private static List<Path> files(Path folder, String prefix) {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(file -> file.getFileName().toString().startsWith(prefix)
                    && (prefix.isEmpty() || file.toString().endsWith(SUFFIX))).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static long size(Path folder) {
        return files(folder, "").stream().mapToLong(file -> file.toFile().length()).sum();
    }

    private static FileTime lastUsed(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is in use, or another session's; it goes another time.
        }
    }
}
