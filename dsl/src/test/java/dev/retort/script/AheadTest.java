package dev.retort.script;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What depends on what is given alone is calculated for all rows once; CompiledStepTest trains with it. */
class AheadTest {
    private static final Shape ROWS = new Shape(13, 10);
    private static final Recording LOSS = new Recording(List.of(
            new Node("soft", "div", List.of("teacher", "4.0")),
            new Node("target", "log_softmax", List.of("soft", "-1")),
            new Node("logits", "linear", List.of("rows", "self.parameters[0]", "None")),
            new Node("student", "log_softmax", List.of("logits", "-1")),
            new Node("apart", "sub", List.of("target", "student")),
            new Node("loss", "mean", List.of("apart")),
            new Node("centre", "mean", List.of("teacher")),
            new Node("repeated", "mul", List.of("teacher", "weight"))), List.of("loss", "centre", "repeated"), List.of(),
            Map.of("teacher", ROWS, "soft", ROWS, "target", ROWS, "weight", new Shape(13, 1), "repeated", ROWS, "student", ROWS, "apart", ROWS));

    @Test
    void aTeachersTargetsAreCalculatedOnce() {
        Ahead split = LOSS.ahead(name -> List.of("teacher", "rows", "weight").contains(name));
        assertThat(split.ahead().nodes()).extracting(Node::result).containsExactly("soft", "target");
        assertThat(split.ahead().results()).as("all that the rest reads").containsExactly("target");
        assertThat(split.rest().nodes()).extracting(Node::result).as("a mean looks at all rows").containsExactly(
                "logits", "student", "apart", "loss", "centre", "repeated");
        assertThat(split.width()).isEqualTo(10);
        assertThat(split.rest().results()).isEqualTo(LOSS.results());
    }

    @Test
    void nothingIsWhereRowsChange() {
        assertThat(LOSS.ahead(name -> false).ahead().nodes()).isEmpty();
        assertThat(LOSS.ahead(name -> false).rest()).isEqualTo(LOSS);
    }
}
