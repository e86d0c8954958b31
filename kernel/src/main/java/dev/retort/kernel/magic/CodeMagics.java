package dev.retort.kernel.magic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retort.kernel.assist.Explanation;
import dev.retort.kernel.magic.Magic.Operand;
import dev.retort.kernel.render.Grid;
import dev.retort.kernel.render.ValueText;
import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import dev.retort.kernel.session.Declarations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Magics about the code of cells, and what it declared. */
final class CodeMagics {
    private static final List<String> SOURCES = List.of("", ".jsh", ".jshell", ".java", ".ipynb");

    private static final Pattern LAST = Pattern.compile("-n\\s*(\\d{1,9})\\s*");
    private static final int VALUE_CHARACTERS = 60;

    private final Host host;

    CodeMagics(Host host) {
        this.host = host;
    }

    List<Magic> table() {
        return List.of(
                new Magic("%load file", List.of(), Operand.FILE,
                        "runs the code of a .jsh, .java or .ipynb file as if it stood here", this::load),
                new Magic("%imports [type]", List.of(), Operand.JAVA, "shows the imports, or adds one", this::imports),
                new Magic("%doc name", List.of("pinfo"), Operand.JAVA, "shows the documentation of a class, method or variable", this::doc),
                new Magic("%who", List.of("whos"), Operand.NOTHING,
                        "shows the variables, methods and types that cells declared", this::who),
                new Magic("%reset", List.of(), Operand.NOTHING,
                        "drops the variables, methods, types and imports that cells declared", this::reset),
                new Magic("%history [-n number] [text]", List.of("hist"), Operand.NOTHING,
                        "shows the cells of this session, the last ones only, or those that contain a text", this::history),
                new Magic("%trace", List.of("tb"), Operand.NOTHING, "shows every frame of what a cell threw last", this::trace));
    }

    private Object imports(Call call) throws CellException {
        if (call.text().isEmpty()) {
            host.session().declared(Declarations::imports).forEach(System.out::println);
            return null;
        }
        String name = call.text().replaceFirst("^import\\s+", "").replaceFirst(";$", "");
        return host.evaluate(new Cell("%imports", "import " + name + ";"));
    }

    private Object doc(Call call) {
        String name = call.text();
        Explanation found = name.isEmpty() ? null : host.session().assistant().explain(name, name.length(), false);
        if (found == null) {
            throw new IllegalArgumentException("'" + name + "' is nothing known: write %doc name, such as %doc String.valueOf");
        }
        DisplayData data = new DisplayData(found.text());
        data.putHTML(found.html());
        host.page(data);
        return null;
    }

    private Object who(Call call) {
        List<List<Object>> rows = new ArrayList<>();
        host.session().declared(Declarations::variables).forEach(each ->
                rows.add(List.of(each.name(), each.type(), ValueText.brief(each.value(), VALUE_CHARACTERS))));
        host.session().declared(Declarations::methods).forEach(each ->
                rows.add(List.of(each.name() + "(" + each.parameters() + ")", each.result(), "")));
        host.session().declared(Declarations::types).forEach(each -> rows.add(List.of(each.name(), each.kind(), "")));
        if (rows.isEmpty()) {
            System.out.println("cells have declared nothing");
        } else {
            OutputMagics.display(host, new Grid(List.of("name", "type", "value"), rows, ""));
        }
        return null;
    }

    private Object history(Call call) {
        Matcher last = LAST.matcher(call.text());
        boolean limited = last.lookingAt();
        int most = limited ? Integer.parseInt(last.group(1)) : Integer.MAX_VALUE;
        String text = limited ? call.text().substring(last.end()) : call.text();
        List<Map.Entry<Integer, String>> found = host.executed().entrySet().stream()
                .filter(cell -> cell.getValue().contains(text)).toList();
        for (Map.Entry<Integer, String> cell : found.subList(Math.max(0, found.size() - most), found.size())) {
            String number = "[" + cell.getKey() + "] ";
            System.out.println(number + cell.getValue().strip().replace("\n", "\n" + " ".repeat(number.length())));
        }
        return null;
    }

    private Object trace(Call call) {
        host.session().lastTrace().forEach(System.out::println);
        return null;
    }

    private Object reset(Call call) {
        return host.session().declared(declarations -> {
            declarations.reset();
            return null;
        });
    }

    private Object load(Call call) throws IOException, CellException {
        String name = call.word("%load file");
        Path file = SOURCES.stream().map(extension -> Path.of(name + extension)).filter(Files::isRegularFile).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no file '" + name + "' in " + Path.of("").toAbsolutePath()
                        + ", nor with one of " + SOURCES.subList(1, SOURCES.size())));
        if (!file.toString().endsWith(".ipynb")) {
            return host.evaluate(new Cell(file.getFileName().toString(), Files.readString(file)));
        }
        JsonNode cells = new ObjectMapper().readTree(file.toFile()).path("cells");
        int number = 0;
        for (JsonNode cell : cells) {
            number++;
            if (cell.path("cell_type").asText().equals("code")) {
                host.evaluate(new Cell(file.getFileName() + ", cell " + number, source(cell.path("source"))));
            }
        }
        return null;
    }

    private static String source(JsonNode lines) {
        return lines.isArray()
                ? String.join("", StreamSupport.stream(lines.spliterator(), false).map(JsonNode::asText).toList())
                : lines.asText();
    }
}
