package dev.retort.kernel.magic;

import dev.retort.kernel.assist.Spelling;
import dev.retort.kernel.session.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/**
 * All magics: one table, and those that extensions register, which come first. It is also the registry of the IJava line, so
 * that {@code lineMagic} and {@code cellMagic} in cells find all.
 */
public final class Magics extends MagicsRegistry {
    private final Host host;
    private Map<String, Magic> table;
    private SystemMagics system;

    public Magics(Host host) {
        this.host = host;
    }

    /** Made when first used: most notebooks' first cell has no magic. */
    private synchronized Map<String, Magic> table() {
        if (table == null) {
            table = new LinkedHashMap<>();
            system = new SystemMagics();
            Stream.of(new LibraryMagics(host).table(), new CodeMagics(host).table(), new TimeMagics(host).table(),
                    system.table(), new InputMagics(host).table(),
                    new OutputMagics(host, this).table())
                    .flatMap(List::stream).forEach(magic -> magic.names().forEach(name -> table.put(name, magic)));
        }
        return table;
    }

    /** The magics of the table, each once. */
    List<Magic> all() {
        return table().values().stream().distinct().toList();
    }

    /** All names, with their percent signs. */
    public Stream<String> names() {
        return Stream.concat(table().keySet().stream(), registered()).distinct();
    }

    /** The names that extensions registered, with their percent signs. */
    Stream<String> registered() {
        return Stream.concat(super.getLineMagicNames().stream().map("%"::concat),
                super.getCellMagicNames().stream().map("%%"::concat));
    }

    /** The environment variables that scripts see. */
    public synchronized Stream<String> variables() {
        table();
        return system.variables();
    }

    /** A magic of the table by its name with percent signs; empty for one that an extension registered. */
    public Optional<Magic> find(String name) {
        return Optional.ofNullable(table().get(name));
    }

    /**
     * Runs a magic of a cell.
     *
     * @param kernel what magics of extensions are given
     * @throws IllegalArgumentException if there is none of this name, or its arguments are wrong
     */
    public Object evaluate(BaseKernel kernel, Cell cell, CellParts.Magic magic) throws Exception {
        return evaluate(kernel, magic.name(), Call.of(cell, magic));
    }

    private Object evaluate(BaseKernel kernel, String name, Call call) throws Exception {
        if (registered().anyMatch(name::equals)) {
            return name.startsWith("%%") ? super.evalCellMagic(kernel, name.substring(2), call.words(), call.body())
                    : super.evalLineMagic(kernel, name.substring(1), call.words());
        }
        requireKnown(name);
        return table().get(name).action().run(call);
    }

    @Override
    @SuppressWarnings("unchecked") // The caller says what it expects, as in the line.
    public <T, K extends BaseKernel> T evalLineMagic(K kernel, String name, List<String> words) throws Exception {
        String text = String.join(" ", words);
        return (T) evaluate(kernel, "%" + name, new Call(text, "", new Cell("%" + name, text)));
    }

    @Override
    @SuppressWarnings("unchecked") // The caller says what it expects, as in the line.
    public <T, K extends BaseKernel> T evalCellMagic(K kernel, String name, List<String> words, String body) throws Exception {
        return (T) evaluate(kernel, "%%" + name, new Call(String.join(" ", words), body, new Cell("%%" + name, body)));
    }

    @Override
    public Set<String> getLineMagicNames() {
        return names().filter(name -> !name.startsWith("%%")).map(name -> name.substring(1)).collect(Collectors.toSet());
    }

    @Override
    public Set<String> getCellMagicNames() {
        return names().filter(name -> name.startsWith("%%")).map(name -> name.substring(2)).collect(Collectors.toSet());
    }

    /** @throws IllegalArgumentException if there is no magic of this name; says which one may have been meant */
    void requireKnown(String name) {
        if (names().noneMatch(name::equals)) {
            String meant = Spelling.closest(name, names()).map(each -> "did you mean '" + each + "'? ").orElse("");
            throw new IllegalArgumentException("no magic '" + name + "'; " + meant + "%help lists them all");
        }
    }
}
