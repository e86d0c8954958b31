package dev.retort.kernel.render;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.BaseStream;

/** The first elements of an array, a collection or a stream. No record, since it stands for values, some of which are records. */
final class Elements {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final List<Object> first;
    private final long total;

    private Elements(List<Object> first, long total) {
        this.first = first;
        this.total = total;
    }

    /** The elements of an array or a collection; null for anything else. */
    static Elements of(Object value, int limit) {
        if (value instanceof Elements taken) {
            return new Elements(taken.first.subList(0, Math.min(limit, taken.first.size())), taken.total);
        }
        if (value instanceof Collection<?> collection) {
            return new Elements(first(collection.iterator(), limit), collection.size());
        }
        if (value.getClass().isArray()) {
            int length = Array.getLength(value);
            List<Object> first = new ArrayList<>();
            for (int i = 0; i < Math.min(limit, length); i++) {
                first.add(Array.get(value, i));
            }
            return new Elements(first, length);
        }
        return null;
    }

    /** Reads elements of a stream, which is used up by it. */
    static Elements taken(BaseStream<?, ?> stream, int limit) {
        try (stream) {
            Iterator<?> all = stream.iterator();
            List<Object> first = first(all, limit);
            return new Elements(first, all.hasNext() ? UNKNOWN : first.size());
        }
    }

    private static List<Object> first(Iterator<?> all, int limit) {
        List<Object> first = new ArrayList<>();
        while (first.size() < limit && all.hasNext()) {
            first.add(all.next());
        }
        return first;
    }

    /** At most as many as were asked for. */
    List<Object> first() {
        return first;
    }

    /** How many there are; more than any number if a stream has more than were asked for. */
    long total() {
        return total;
    }

    boolean isWhole() {
        return first.size() == total;
    }

    /** What is not among the first: {@code … 990 more}. */
    String rest() {
        return isWhole() ? "" : total == UNKNOWN ? "… more" : String.format(Locale.ROOT, "… %,d more", total - first.size());
    }

    /** How many there are, as people write it. */
    String count() {
        return total == UNKNOWN ? "more" : String.format(Locale.ROOT, "%,d", total);
    }
}
