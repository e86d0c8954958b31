package dev.retort.kernel.magic;

import java.util.List;
import java.util.stream.Stream;

/**
 * One magic.
 *
 * @param usage   how it is written, from the percent signs on; what follows two of them takes the cell as its body
 * @param aliases other names, without percent signs
 * @param operand what follows it, for completion
 * @param help    what it does, in one line
 */
public record Magic(String usage, List<String> aliases, Operand operand, String help, Action action) {
    /** What kind of thing a magic is about. */
    public enum Operand { NOTHING, JAVA, FILE, LIBRARY, MAGIC, VARIABLE }

    /** What a magic does. */
    @FunctionalInterface
    interface Action {
        /** @return what the cell shows if it ends here, or null */
        Object run(Call call) throws Exception;
    }

    /** All its names, with percent signs. */
    public Stream<String> names() {
        String name = usage.split(" ")[0];
        String signs = name.startsWith("%%") ? "%%" : "%";
        return Stream.concat(Stream.of(name), aliases.stream().map(signs::concat));
    }
}
