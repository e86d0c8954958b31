package dev.retort.kernel.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Message;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The cells executed in this session and in earlier ones, as {@code history_request} asks for them. Nobody waits until a cell is
 * written. A disk that fails costs one line in a log and what it would have kept.
 */
public final class History implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final ExecutorService disk = Executors.newSingleThreadExecutor(History::thread);
    private final SessionFiles files;
    private final PrintStream log;
    private boolean failed;

    /**
     * @param folder where the sessions are kept; made when the first cell is added
     * @param log    gets a line when the disk fails
     */
    public History(Path folder, PrintStream log) {
        this.log = log;
        files = new SessionFiles(folder);
    }

    /** Adds a cell of this session. */
    public void add(int line, String code) {
        disk.execute(() -> write(line, code));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "history");
        thread.setDaemon(true);
        return thread;
    }

    private void write(int line, String code) {
        try {
            if (!failed) {
                files.add(line, code);
            }
        } catch (IOException | RuntimeException e) {
            failed = true;
            log.println("the history is not kept: " + e);
        }
    }

    /**
     * The reply's content to a request for the last cells, a range of them, or those that match a pattern.
     *
     * @throws IllegalStateException if the history cannot be read
     */
    public ObjectNode reply(ObjectNode request) {
        try {
            return reply(request, disk.submit(() -> find(request)).get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the history cannot be read: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the history was not read: its reader was interrupted", e);
        }
    }

    /** Waits until all cells are written. */
    @Override
    public void close() {
        disk.shutdown();
        try {
            if (!disk.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.println("the last cells are not in the history: the disk does not answer");
            }
            files.close();
        } catch (IOException e) {
            log.println("the history was not closed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Entry> find(ObjectNode request) throws IOException {
        return switch (request.path("hist_access_type").asText()) {
            case "tail" -> tail(request.path("n").asInt(Integer.MAX_VALUE));
            case "range" -> range(request);
            case "search" -> search(request);
            default -> List.of();
        };
    }

    private static ObjectNode reply(ObjectNode request, List<Entry> found) {
        ObjectNode content = Message.newObject().put("status", "ok");
        ArrayNode history = content.putArray("history");
        for (Entry entry : found) {
            ArrayNode row = history.addArray().add(entry.session()).add(entry.line());
            if (request.path("output").asBoolean(false)) {
                row.addArray().add(entry.code()).addNull(); // Outputs are not kept.
            } else {
                row.add(entry.code());
            }
        }
        return content;
    }

    private List<Entry> tail(int count) throws IOException {
        List<Integer> sessions = files.sessions();
        List<Entry> tail = new LinkedList<>();
        for (int i = sessions.size() - 1; i >= 0 && tail.size() < count; i--) {
            tail.addAll(0, files.read(sessions.get(i)));
        }
        return last(tail, count);
    }

    private List<Entry> range(ObjectNode request) throws IOException {
        int session = request.path("session").asInt(0);
        int start = request.path("start").asInt(0);
        int stop = request.path("stop").isInt() ? request.path("stop").asInt() : Integer.MAX_VALUE;
        return files.read(session > 0 ? session : files.session() + session).stream()
                .filter(entry -> entry.line() >= start && entry.line() < stop).toList();
    }

    private List<Entry> search(ObjectNode request) throws IOException {
        String pattern = request.path("pattern").asText("*");
        List<Entry> matching = tail(Integer.MAX_VALUE).stream()
                .filter(entry -> matches(pattern, entry.code())).toList();
        if (request.path("unique").asBoolean(false)) {
            matching = unique(matching);
        }
        return last(matching, request.path("n").asInt(Integer.MAX_VALUE));
    }

    private static List<Entry> unique(List<Entry> matching) {
        Map<String, Entry> latest = new LinkedHashMap<>();
        List<Entry> newestFirst = new ArrayList<>(matching);
        Collections.reverse(newestFirst);
        newestFirst.forEach(entry -> latest.putIfAbsent(entry.code(), entry));
        List<Entry> kept = new ArrayList<>(latest.values());
        Collections.reverse(kept);
        return kept;
    }

    private static List<Entry> last(List<Entry> all, int count) {
        return all.subList(Math.max(0, all.size() - Math.max(0, count)), all.size());
    }

    /** Whether a text is of a pattern where {@code *} stands for any text and {@code ?} for any character. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            char expected = p < pattern.length() ? pattern.charAt(p) : 0;
            if (expected == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (expected == '?' || expected == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }
}
