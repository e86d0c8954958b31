package dev.retort.kernel.magic;

import dev.retort.kernel.magic.Magic.Operand;
import dev.retort.kernel.render.Grid;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Magics about what is shown: help, and clearing. */
final class OutputMagics {
    private static final String LIBRARY = "registered by a library";

    private final Host host;
    private final Magics magics;

    OutputMagics(Host host, Magics magics) {
        this.host = host;
        this.magics = magics;
    }

    List<Magic> table() {
        return List.of(
                new Magic("%clear [wait]", List.of(), Operand.NOTHING,
                        "removes the cell's outputs; with wait, when the next one comes", this::clear),
                new Magic("%help [magic]", List.of("lsmagic"), Operand.MAGIC, "shows all magics, or what one does", this::help));
    }

    private Object clear(Call call) {
        host.clear(call.text().equals("wait"));
        return null;
    }

    private Object help(Call call) {
        if (call.text().isEmpty()) {
            helpWithAll();
            return null;
        }
        String name = call.word("%help [magic]").replaceFirst("^%+", "");
        List<String> found = magics.names().filter(each -> each.replaceFirst("^%+", "").equals(name)).toList();
        if (found.isEmpty()) {
            magics.requireKnown("%" + name);
        }
        found.forEach(each -> System.out.println(magics.find(each).map(OutputMagics::text).orElse(ofLibrary(each))));
        return null;
    }

    private static String ofLibrary(String name) {
        return name + "\n    " + LIBRARY;
    }

    private void helpWithAll() {
        List<List<Object>> rows = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Magic magic : magics.all()) {
            rows.add(List.of(magic.usage(), magic.help() + also(magic)));
            text.append(text(magic)).append('\n');
        }
        magics.registered().sorted().forEach(name -> {
            rows.add(List.of(name, LIBRARY));
            text.append(ofLibrary(name)).append('\n');
        });
        DisplayData data = new DisplayData(text.toString().strip());
        data.putHTML(new Grid(List.of("magic", "what it does"), rows, "").html());
        host.display(data);
    }

    private static String text(Magic magic) {
        return magic.usage() + "\n    " + magic.help() + also(magic);
    }

    private static String also(Magic magic) {
        List<String> names = magic.names().skip(1).toList();
        return names.isEmpty() ? "" : "; also " + String.join(", ", names);
    }

    static void display(Host host, Grid grid) {
        DisplayData data = new DisplayData(grid.text());
        data.putHTML(grid.html());
        host.display(data);
    }
}
