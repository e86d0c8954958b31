package dev.retort.kernel.magic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retort.kernel.magic.Magic.Operand;
import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** Magics about the code of cells, and what it declared. */
final class CodeMagics {
    private static final List<String> SOURCES = List.of("", ".jsh", ".jshell", ".java", ".ipynb");

    private final Host host;

    CodeMagics(Host host) {
        this.host = host;
    }

    List<Magic> table() {
        return List.of(
                new Magic("%load file", List.of(), Operand.FILE,
                        "runs the code of a .jsh, .java or .ipynb file as if it stood here", this::load));
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
