package dev.retort.kernel.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with one file a session, named by its number: a line of JSON for each cell. Only the user may read it. When a session
 * begins the oldest ones are deleted, so that not more than {@value #MAX_SESSIONS} with {@value #MAX_BYTES} bytes are left.
 */
final class SessionFiles implements Closeable {
    static final long MAX_BYTES = 8L << 20;
    static final int MAX_SESSIONS = 1000;
    private static final String SUFFIX = ".jsonl";

    private final Path folder;
    private int session;
    private FileChannel file;

    SessionFiles(Path folder) {
        this.folder = folder;
    }

    /** The number of this session; taken when its first cell is added, and until then one more than the latest. */
    int session() throws IOException {
        return session > 0 ? session : 1 + latest();
    }

    void add(int line, String code) throws IOException {
        if (file == null) {
            begin();
        }
        String text = JsonNodeFactory.instance.objectNode().put("line", line).put("code", code) + "\n";
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))); // At once, so that a crash tears one line at most.
    }

    /** The numbers of the sessions that there are, ascending. */
    List<Integer> sessions() throws IOException {
        return List.copyOf(files().keySet());
    }

    /** The cells of a session in their order; a line that is torn is left out. */
    List<Entry> read(int number) throws IOException {
        List<Entry> entries = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        try {
            for (String line : new String(Files.readAllBytes(path(number)), StandardCharsets.UTF_8).split("\n")) {
                JsonNode cell = parsed(json, line);
                if (cell.path("code").isTextual()) {
                    entries.add(new Entry(number, cell.path("line").asInt(), cell.path("code").asText()));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of(); // Never there, or deleted by a session that began meanwhile.
        }
        return entries;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private void begin() throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, ownerOnly("rwx------"));
        }
        deleteOldest();
        for (int number = 1 + latest(); file == null; number++) {
            try {
                file = FileChannel.open(path(number), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownerOnly("rw-------"));
                session = number;
            } catch (FileAlreadyExistsException e) {
                // Another kernel has just taken the number.
            }
        }
    }

    private void deleteOldest() throws IOException {
        long bytes = 0;
        int count = 0;
        for (Path each : files().descendingMap().values()) {
            count++;
            bytes += each.toFile().length(); // None if another kernel has just deleted it.
            if (bytes > MAX_BYTES || count >= MAX_SESSIONS) {
                Files.deleteIfExists(each);
            }
        }
    }

    private int latest() throws IOException {
        TreeMap<Integer, Path> files = files();
        return files.isEmpty() ? 0 : files.lastKey();
    }

    private TreeMap<Integer, Path> files() throws IOException {
        TreeMap<Integer, Path> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                all.filter(each -> each.getFileName().toString().matches("\\d{1,9}\\" + SUFFIX))
                        .forEach(each -> files.put(Integer.parseInt(each.getFileName().toString().replace(SUFFIX, "")), each));
            }
        }
        return files;
    }

    private Path path(int number) {
        return folder.resolve(number + SUFFIX);
    }

    private static JsonNode parsed(ObjectMapper json, String line) {
        try {
            return json.readTree(line);
        } catch (IOException torn) {
            return json.missingNode();
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
