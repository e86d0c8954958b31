package dev.retort.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The class of each row of a data set.
 *
 * @param classes their names
 * @param byId    an index into {@code classes}, or {@link Split#UNLABELLED}, for each row id
 */
record Labels(List<String> classes, int[] byId) {

    /** The labels of the rows whose id the condition holds for; the others have none. */
    Labels keeping(IntPredicate ids) {
        return new Labels(classes, IntStream.range(0, byId.length).map(id -> ids.test(id) ? byId[id] : Split.UNLABELLED).toArray());
    }

    /** No labels at all, in a world of other classes. */
    Labels noneOf(List<String> others) {
        return new Labels(List.copyOf(others), keeping(id -> false).byId());
    }

    /** Room for more rows, without labels. */
    Labels extended(int more) {
        int[] longer = Arrays.copyOf(byId, byId.length + more);
        Arrays.fill(longer, byId.length, longer.length, Split.UNLABELLED);
        return new Labels(classes, longer);
    }

    int indexOf(String name) {
        int index = classes.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no class '%s'; there are %s".formatted(name, String.join(", ", classes)));
        }
        return index;
    }
}
