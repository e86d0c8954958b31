package dev.retort.kernel.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What code of a cell threw. Read on the cell's thread, since the methods of a throwable may be code of cells, too.
 *
 * @param type    the name of its class
 * @param message may be null
 * @param cause   or null
 */
record Thrown(String type, String message, List<StackTraceElement> frames, List<Thrown> suppressed, Thrown cause) {
    /** More of them are of no use to a reader. */
    private static final int MOST = 16;

    static Thrown of(Throwable thrown) {
        return of(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static Thrown of(Throwable thrown, Set<Throwable> read) {
        if (thrown instanceof Stop.Stopped stopped) {
            throw stopped;
        }
        if (thrown == null || read.size() == MOST || !read.add(thrown)) {
            return null;
        }
        List<Thrown> suppressed = new ArrayList<>();
        for (Throwable each : thrown.getSuppressed()) {
            Thrown one = of(each, read);
            if (one != null) {
                suppressed.add(one);
            }
        }
        return new Thrown(thrown.getClass().getName(), message(thrown), List.of(thrown.getStackTrace()), suppressed,
                of(cause(thrown), read));
    }

    private static String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException | StackOverflowError e) {
            return "(its getMessage() threw " + e.getClass().getName() + ")";
        }
    }

    private static Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (RuntimeException | StackOverflowError e) {
            return e;
        }
    }

    /** Its frames without those at the end that another trace has there, too. */
    List<StackTraceElement> framesBeside(List<StackTraceElement> other) {
        int common = 0;
        while (common < frames.size() && common < other.size()
                && frames.get(frames.size() - 1 - common).equals(other.get(other.size() - 1 - common))) {
            common++;
        }
        return frames.subList(0, frames.size() - common);
    }
}
