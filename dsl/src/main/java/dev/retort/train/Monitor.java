package dev.retort.train;

import java.util.function.Supplier;
import tech.tablesaw.api.Table;

/** Watches one run. Called on the training thread, a few times a second and at each change of stage, so it must be quick. */
@FunctionalInterface
public interface Monitor {
    void show(Progress progress);

    /** Several runs at once, and how far each of them is: one row a run. */
    default void show(Progress all, Table runs) {
        show(all);
    }

    /** Something that the user should know, said once. */
    default void tell(String note) {
        System.err.println(note);
    }

    /** A fresh monitor for one run, of the kind that suits the place: a notebook's panel, a terminal's line, or none. */
    static Monitor create() {
        return Monitors.factory.get();
    }

    /** Decides what {@link #create} makes from now on. */
    static void use(Supplier<Monitor> factory) {
        Monitors.factory = factory;
    }
}

/** Holds the factory, since an interface cannot. */
final class Monitors {
    static volatile Supplier<Monitor> factory = TerminalLine::create;

    private Monitors() {
    }
}
