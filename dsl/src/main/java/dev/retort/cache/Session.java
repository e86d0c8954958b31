package dev.retort.cache;

import dev.retort.train.Monitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** The answers at hand in this process: mapped from the folder, or on the heap where there is none or its disk is full. Its callers lock it. */
final class Session {
    private static final long HEAP_BUDGET_BYTES = 256L << 20;

    private final Map<String, Answers> held = new LinkedHashMap<>(16, 0.75f, true);
    private final CacheFolder folder;
    private final long heapBudgetBytes;
    private boolean writable;

    /** @param folder null to keep answers in memory alone */
    Session(CacheFolder folder) {
        this(folder, HEAP_BUDGET_BYTES);
    }

    /** @param heapBudgetBytes what the answers in memory may take; mapped files do not count, an index of their rows does */
    Session(CacheFolder folder, long heapBudgetBytes) {
        this.folder = folder;
        this.heapBudgetBytes = heapBudgetBytes;
        writable = folder != null;
    }

    static Session current() {
        return Current.SESSION;
    }

    /** What is kept of a teacher and a data set: logits, or a layer. */
    Answers answers(String key, String what, Monitor monitor) {
        return held.computeIfAbsent(key + what, unknown -> {
            Answers answers = new Answers();
            if (folder != null) {
                folder.read(key, what, monitor::tell).forEach(answers::add);
            }
            return answers;
        });
    }

    /** Puts answers on disk; where that fails they stay on the heap, and the user is told once. */
    Segment keep(String key, String what, ByteBuffer bytes, Monitor monitor) {
        if (writable) {
            try {
                return folder.write(key, what, bytes);
            } catch (ClosedByInterruptException e) {
                throw new CancellationException("interrupted while answers were written to " + folder.folder());
            } catch (IOException e) {
                writable = false;
                monitor.tell("the cache of teachers' answers in " + folder.folder() + " cannot be written: " + e.getMessage()
                        + "; the run goes on, and this session keeps answers in memory. Make room there, or choose another folder with RETORT_CACHE");
            }
        }
        try {
            return Segment.of(bytes);
        } catch (IOException e) {
            throw new AssertionError("what was just encoded can be read", e);
        }
    }

    /** Keeps both budgets: what was used least recently goes first, and never what belongs to this key, even if it is larger alone. */
    void tidy(String key) {
        if (writable) {
            folder.tidy(key);
        }
        long bytes = held.values().stream().mapToLong(Answers::heapBytes).sum();
        Iterator<Map.Entry<String, Answers>> oldest = held.entrySet().iterator();
        while (bytes > heapBudgetBytes && oldest.hasNext()) {
            Map.Entry<String, Answers> next = oldest.next();
            if (!next.getKey().startsWith(key)) {
                bytes -= next.getValue().heapBytes();
                oldest.remove();
            }
        }
    }

    private static final class Current {
        static final Session SESSION = new Session(CacheFolder.ofUser().orElse(null));
    }
}
