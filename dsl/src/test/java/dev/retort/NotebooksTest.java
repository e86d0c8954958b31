package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the committed notebooks show comes from one run, from their first cell to their last. */
class NotebooksTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../notebooks"))) {
            return files.filter(file -> file.toString().endsWith(".ipynb") && !file.toString().contains(".executed.")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void everyCellWasExecutedInOrderAndWithoutAnError(Path notebook) throws IOException {
        List<JsonNode> code = StreamSupport.stream(JSON.readTree(notebook.toFile()).get("cells").spliterator(), false)
                .filter(cell -> cell.get("cell_type").textValue().equals("code")).toList();
        assertThat(code).isNotEmpty().allSatisfy(cell -> assertThat(cell.get("execution_count").isInt()).as(cell.get("id").asText()).isTrue());
        assertThat(code.stream().map(cell -> cell.get("execution_count").intValue())).isSorted().doesNotHaveDuplicates();
        assertThat(code.stream().flatMap(cell -> cell.findValuesAsText("output_type").stream())).isNotEmpty().doesNotContain("error");
        assertThat(code).allSatisfy(cell -> cell.findValues("execution_count")
                .forEach(count -> assertThat(count).as(cell.get("id").asText()).isEqualTo(cell.get("execution_count"))));
    }
}
