package dev.retort.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a cell threw with every frame, as Java prints it, but with the places of cells. */
final class FullTrace {
    private final Origins origins;
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
        own.forEach(frame -> lines.add("    at " + place(frame)));
        int common = thrown.frames().size() - own.size();
        if (common > 0) {
            lines.add("    … " + common + " more, as above");
        }
        thrown.suppressed().forEach(each -> add("Suppressed: ", each, thrown.frames()));
        if (thrown.cause() != null) {
            add("Caused by: ", thrown.cause(), thrown.frames());
        }
    }

    private String place(StackTraceElement frame) {
        Optional<Origins.Place> place = origins.of(frame);
        return place.isEmpty() ? frame.toString()
                : Origins.unwrapped(frame.getClassName() + "." + frame.getMethodName()) + "(" + place.get() + ")";
    }
}
