package dev.retort.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/** The words that start with a percent sign: one table, and those that extensions registered. */
final class Magics {
    /** What a magic does. */
    @FunctionalInterface
    interface Action {
        /** @param body the lines below a cell magic; empty for a line magic */
        Object run(List<String> arguments, String body) throws Exception;
    }

    /**
     * One magic.
     *
     * @param usage   how it is written, from the percent signs on; what follows two of them takes the cell as its body
     * @param aliases other names
     * @param help    what it does, in one line
     */
    record Magic(String usage, List<String> aliases, String help, Action action) {
        boolean ofCell() {
            return usage.startsWith("%%");
        }

        Stream<String> names() {
            return Stream.concat(Stream.of(usage.replaceFirst("^%+", "").split(" ")[0]), aliases.stream());
        }
    }

    private final MagicsRegistry registry;

    /** @param registry where extensions register theirs, and cells find all */
    Magics(List<Magic> table, MagicsRegistry registry) {
        this.registry = registry;
        table.forEach(magic -> magic.names().forEach(name -> register(name, magic)));
    }

    private void register(String name, Magic magic) {
        if (magic.ofCell()) {
            registry.registerCellMagic(name, (BaseKernel any, List<String> arguments, String body) ->
                    magic.action().run(arguments, body));
        } else {
            registry.registerLineMagic(name, (BaseKernel any, List<String> arguments) -> magic.action().run(arguments, ""));
        }
    }

    /** All names, with their percent signs. */
    Stream<String> names() {
        return Stream.concat(registry.getLineMagicNames().stream().map(name -> "%" + name),
                registry.getCellMagicNames().stream().map(name -> "%%" + name));
    }

    /** Runs a magic of a cell. */
    Object evaluate(BaseKernel kernel, CellParts.Part part) throws Exception {
        if (part instanceof CellParts.CellMagic magic) {
            requireKnown("%%", magic.name(), registry.getCellMagicNames());
            return registry.evalCellMagic(kernel, magic.name(), magic.arguments(), magic.body());
        }
        CellParts.LineMagic magic = (CellParts.LineMagic) part;
        requireKnown("%", magic.name(), registry.getLineMagicNames());
        return registry.evalLineMagic(kernel, magic.name(), magic.arguments());
    }

    private static void requireKnown(String sign, String name, Set<String> known) {
        if (!known.contains(name)) {
            String closest = known.stream().min(Comparator.comparingInt(each -> distance(name, each))).orElseThrow();
            throw new IllegalArgumentException("no magic '%s%s'; did you mean '%s%s'? %%help lists them all"
                    .formatted(sign, name, sign, closest));
        }
    }

    /** How many letters must change to turn one word into the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
