package dev.retort.kernel.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a cell threw with every frame, as Java prints it, but with the places of cells. */
final class FullTrace {
    private final Origins origins;
    private final Map<StackTraceElement, Optional<Origins.Place>> places = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private FullTrace(Origins origins) {
        this.origins = origins;
    }

    static List<String> of(Thrown thrown, Origins origins) {
        FullTrace trace = new FullTrace(origins);
        trace.add("", thrown, List.of());
        return trace.lines;
    }

    private void add(String prefix, Thrown thrown, List<StackTraceElement> enclosing) {
        lines.add(prefix + Origins.unwrapped(thrown.type())
                + (thrown.message() == null ? "" : ": " + Origins.unwrapped(thrown.message())));
        List<StackTraceElement> own = thrown.framesBeside(enclosing);
        own.subList(0, end(own)).forEach(frame -> lines.add("    at " + text(frame)));
        thrown.suppressed().forEach(each -> add("Suppressed: ", each, thrown.frames()));
        if (thrown.cause() != null) {
            add("Caused by: ", thrown.cause(), thrown.frames());
        }
    }

    /** Below the last frame of a cell are those of the kernel that runs it. */
    private int end(List<StackTraceElement> frames) {
        int end = frames.size();
        while (end > 0 && place(frames.get(end - 1)).isEmpty()) {
            end--;
        }
        return end == 0 ? frames.size() : end;
    }

    private String text(StackTraceElement frame) {
        return place(frame).map(place -> Origins.unwrapped(frame.getClassName() + "." + frame.getMethodName()) + "(" + place + ")")
                .orElseGet(frame::toString);
    }

    private Optional<Origins.Place> place(StackTraceElement frame) {
        return places.computeIfAbsent(frame, origins::of);
    }
}
