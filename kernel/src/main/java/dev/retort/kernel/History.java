package dev.retort.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cells executed in this session, as {@code history_request} asks for them. */
final class History {
    private static final int SESSION = 1;

    private record Entry(int line, String code) {
    }

    private final List<Entry> entries = new ArrayList<>();

    synchronized void add(int line, String code) {
        entries.add(new Entry(line, code));
    }

    /** The reply's content to a request for the last cells, a range of them, or those that match a pattern. */
    synchronized ObjectNode reply(ObjectNode request) {
        List<Entry> found = switch (request.path("hist_access_type").asText()) {
            case "tail" -> last(entries, request.path("n").asInt(Integer.MAX_VALUE));
            case "range" -> range(request);
            case "search" -> search(request);
            default -> List.of();
        };
        ObjectNode content = Message.newObject().put("status", "ok");
        ArrayNode history = content.putArray("history");
        for (Entry entry : found) {
            ArrayNode row = history.addArray().add(SESSION).add(entry.line);
            if (request.path("output").asBoolean(false)) {
                row.addArray().add(entry.code).addNull();
            } else {
                row.add(entry.code);
            }
        }
        return content;
    }

    private List<Entry> range(ObjectNode request) {
        int session = request.path("session").asInt(0);
        int start = request.path("start").asInt(0);
        int stop = request.path("stop").isInt() ? request.path("stop").asInt() : Integer.MAX_VALUE;
        if (session != 0 && session != SESSION) {
            return List.of();
        }
        return entries.stream().filter(entry -> entry.line >= start && entry.line < stop).toList();
    }

    private List<Entry> search(ObjectNode request) {
        Pattern pattern = glob(request.path("pattern").asText("*"));
        List<Entry> matching = entries.stream().filter(entry -> pattern.matcher(entry.code).matches()).toList();
        if (request.path("unique").asBoolean(false)) {
            matching = unique(matching);
        }
        return last(matching, request.path("n").asInt(Integer.MAX_VALUE));
    }

    private static List<Entry> unique(List<Entry> matching) {
        Map<String, Entry> latest = new LinkedHashMap<>();
        List<Entry> newestFirst = new ArrayList<>(matching);
        Collections.reverse(newestFirst);
        newestFirst.forEach(entry -> latest.putIfAbsent(entry.code, entry));
        List<Entry> kept = new ArrayList<>(latest.values());
        Collections.reverse(kept);
        return kept;
    }

    private static List<Entry> last(List<Entry> all, int count) {
        return all.subList(Math.max(0, all.size() - Math.max(0, count)), all.size());
    }

    /** A pattern where {@code *} stands for any text and {@code ?} for any character. */
    private static Pattern glob(String pattern) {
        String regex = pattern.codePoints().mapToObj(Character::toString)
                .map(c -> c.equals("*") ? ".*" : c.equals("?") ? "." : Pattern.quote(c))
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
