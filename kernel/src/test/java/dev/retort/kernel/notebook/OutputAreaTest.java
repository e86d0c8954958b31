package dev.retort.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retort.kernel.CellFailure;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.junit.jupiter.api.Test;

class OutputAreaTest {
    private final DisplayIds displayIds = new DisplayIds();
    private final OutputArea area = new OutputArea(displayIds);

    @Test
    void adjacentTextOfOneStreamIsOneOutput() {
        area.stream("stdout", "a");
        area.stream("stdout", "b\nc\n");
        area.stream("stderr", "d");
        area.stream("stdout", "e");
        assertThat(area.toJson()).isEqualTo(json("""
            [{"name": "stdout", "output_type": "stream", "text": ["ab\\n", "c\\n"]},
             {"name": "stderr", "output_type": "stream", "text": ["d"]},
             {"name": "stdout", "output_type": "stream", "text": ["e"]}]"""));
    }

    @Test
    void textIsKeptAsLinesImagesAsBase64JsonAsJson() {
        DisplayData data = new DisplayData("one\ntwo");
        data.putSVG("<svg>\n</svg>");
        data.putData("image/png", "iVBORw0K\n");
        data.putJSON("{\"a\": [1]}");
        data.putMetaData("image/png", List.of(1));
        area.display(data);
        assertThat(area.toJson()).isEqualTo(json("""
            [{"data": {"text/plain": ["one\\n", "two"], "image/svg+xml": ["<svg>\\n", "</svg>"],
                       "image/png": "iVBORw0K\\n", "application/json": {"a": [1]}},
              "metadata": {"image/png": [1]}, "output_type": "display_data"}]"""));
    }

    @Test
    void resultsHaveTheNumberOfTheirCell() {
        area.result(3, new DisplayData("42"));
        assertThat(area.toJson()).isEqualTo(json("""
            [{"data": {"text/plain": ["42"]}, "execution_count": 3, "metadata": {}, "output_type": "execute_result"}]"""));
    }

    @Test
    void failuresKeepTheirTraceback() {
        area.error(new CellFailure("E", "why", List.of("line 1", "line 2")));
        assertThat(area.toJson()).isEqualTo(json("""
            [{"ename": "E", "evalue": "why", "output_type": "error", "traceback": ["line 1", "line 2"]}]"""));
    }

    @Test
    void anUpdateReachesEveryDisplayOfItsIdInTheNotebook() {
        OutputArea later = new OutputArea(displayIds);
        area.display(display("panel", "0 %"));
        area.display(display("other", "other"));
        later.display(display("panel", "0 %"));
        later.update(display("panel", "100 %"));
        assertThat(texts(area)).containsExactly("100 %", "other");
        assertThat(texts(later)).containsExactly("100 %");
    }

    @Test
    void anUpdateOfAnUnknownIdShowsNothing() {
        area.update(display("panel", "100 %"));
        assertThat(area.toJson()).isEmpty();
    }

    @Test
    void clearRemovesAtOnceOrWithTheNextOutput() {
        area.stream("stdout", "a");
        area.clear(true);
        assertThat(area.toJson()).hasSize(1);
        area.display(new DisplayData("b"));
        assertThat(texts(area)).containsExactly("b");
        area.clear(false);
        assertThat(area.toJson()).isEmpty();
    }

    private static DisplayData display(String id, String text) {
        DisplayData data = new DisplayData(text);
        data.setDisplayId(id);
        return data;
    }

    private static List<String> texts(OutputArea area) {
        return area.toJson().findValues("text/plain").stream().map(NotebookJson::text).toList();
    }

    private static JsonNode json(String text) {
        try {
            return NotebookJson.MAPPER.readTree(text);
        } catch (Exception e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
