package dev.retort.loss;

import dev.retort.data.Says;
import java.util.HashSet;
import java.util.Set;

/**
 * What a loss has to know of a row, besides the student's logits and the label.
 *
 * @param teacher       what the teacher must be able to say; null where no teacher is needed
 * @param teacherLayers the inner layers of the teacher that it looks at, by name
 * @param studentLayers likewise of the student
 */
public record Needs(Says teacher, Set<String> teacherLayers, Set<String> studentLayers) {
    /** No teacher, no layers. */
    public static final Needs NOTHING = new Needs(null, Set.of(), Set.of());

    public Needs {
        teacherLayers = Set.copyOf(teacherLayers);
        studentLayers = Set.copyOf(studentLayers);
    }

    /** A teacher that says this, and no layers. */
    public static Needs of(Says teacher) {
        return new Needs(teacher, Set.of(), Set.of());
    }

    /** All that either needs. */
    public Needs and(Needs other) {
        Says more = teacher == null || other.teacher != null && other.teacher.atLeast(teacher) ? other.teacher : teacher;
        return new Needs(more, union(teacherLayers, other.teacherLayers), union(studentLayers, other.studentLayers));
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}
