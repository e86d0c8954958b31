package dev.retort.kernel.maven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file beside a notebook that says which libraries a request was resolved to, so that the next run gets the same:
 *
 * <pre>
 * [org.example:library:[1,2)]
 * org.example:library:jar:1.7 sha256:9f86d0…
 * org.example:needed:jar:3.1 sha256:60303a…
 * </pre>
 */
public final class Lock {
    private static final String NOTE = "# Written by %maven --lock. Delete a section, and it is resolved anew.";

    /** A library as it was when it was locked. */
    private record Entry(String coordinates, String sum) {
        static Entry of(MavenResolver.Library library) throws IOException {
            return new Entry(library.coordinates(), "sha256:" + sha256(library.jar()));
        }

        static Entry parse(String line) {
            String[] parts = line.split(" ");
            if (parts.length != 2) {
                throw new IllegalArgumentException("not a locked library: '" + line + "'");
            }
            return new Entry(parts[0], parts[1]);
        }
    }

    private final Map<String, List<Entry>> sections = new LinkedHashMap<>();

    private Lock() {
    }

    /** Reads a lock; one that does not exist is empty. */
    public static Lock read(Path file) throws IOException {
        Lock lock = new Lock();
        String request = "";
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            if (line.startsWith("[")) {
                request = line.substring(1, line.length() - 1);
                lock.sections.put(request, new ArrayList<>());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                lock.sections.computeIfAbsent(request, any -> new ArrayList<>()).add(Entry.parse(line));
            }
        }
        return lock;
    }

    /** Whether it is known what a request was resolved to. */
    public boolean contains(String request) {
        return sections.containsKey(request);
    }

    /** The coordinates that a request was resolved to. */
    public List<String> coordinates(String request) {
        return sections.get(request).stream().map(Entry::coordinates).toList();
    }

    /** Remembers what a request was resolved to. */
    public void put(String request, List<MavenResolver.Library> libraries) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (MavenResolver.Library each : libraries) {
            entries.add(Entry.of(each));
        }
        sections.put(request, entries);
    }

    /** @throws IOException if a library's jar is not the one that was locked */
    public void verify(String request, List<MavenResolver.Library> libraries) throws IOException {
        for (MavenResolver.Library library : libraries) {
            Entry found = Entry.of(library);
            if (!sections.get(request).contains(found)) {
                throw new IOException(library.jar() + " is not the jar that was locked as " + library.coordinates() + ": it has "
                        + found.sum + ". Delete it, so that it is downloaded again, or its line's section in the lock");
            }
        }
    }

    /** The text of the file. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(NOTE).append('\n');
        sections.forEach((request, entries) -> {
            text.append("\n[").append(request).append("]\n");
            entries.forEach(entry -> text.append(entry.coordinates).append(' ').append(entry.sum).append('\n'));
        });
        return text.toString();
    }

    /** The SHA-256 of a text, in hexadecimal. */
    public static String sha256(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // Every JDK has it.
        }
    }
}
