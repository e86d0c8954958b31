package dev.retort.report;

import static dev.retort.Retort.compare;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.data.DataSet;
import dev.retort.model.Classifier;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ComparisonTest {
    private static final DataSet DIGITS = dataset("digits");

    @Test
    void classifiersAreMeasuredOnTheSameRows() {
        Classifier teacher = mlp(128).fit(DIGITS.train(), epochs(20).seed(1));
        Classifier student = distill(teacher).into(mlp(8)).on(DIGITS.train()).run(epochs(10).seed(1)).student();
        Classifier alone = mlp(8).fit(DIGITS.train(), epochs(10).seed(1));
        Comparison comparison = compare(DIGITS.test(), teacher, student, alone);
        Table table = comparison.table();
        assertThat(table.columnNames()).containsExactly(
                "model", "parameters", "bytes", "accuracy", "± 95 %", "agreement", "ms for 1 row", "ms for 256 rows");
        assertThat(table.stringColumn("model").asList()).containsExactly("mlp(128)", "mlp(8) taught by mlp(128)", "mlp(8)");
        assertThat(table.doubleColumn("agreement").get(0)).isEqualTo(1);
        assertThat(table.doubleColumn("accuracy").get(1)).isEqualTo(student.accuracy(DIGITS.test()));
        assertThat(table.longColumn("parameters").get(2)).isEqualTo(alone.parameters());
        assertThat(table.doubleColumn("ms for 1 row").asList()).allMatch(ms -> ms > 0);
        double smaller = 100 * (1 - student.bytes() / (double) teacher.bytes());
        double kept = 100 * student.accuracy(DIGITS.test()) / teacher.accuracy(DIGITS.test());
        assertThat(comparison.summary().lines().findFirst().orElseThrow())
                .startsWith("mlp(8) taught by mlp(128) is %.1f %% smaller, ".formatted(smaller))
                .matches(".*, \\d+\\.\\d % (faster|slower), .*")
                .endsWith("keeps %.1f %% of the accuracy of mlp(128)".formatted(kept));
    }

    @Test
    void theMarginIsWilsons() {
        Classifier classifier = mlp(64).fit(DIGITS.train(), epochs(5).seed(1));
        Table table = compare(DIGITS.test(), classifier).table();
        double p = table.doubleColumn("accuracy").get(0);
        double n = DIGITS.test().size();
        assertThat(table.doubleColumn("± 95 %").get(0)).isCloseTo(1.96 * Math.sqrt(p * (1 - p) / n), within(0.005));
    }

    @Test
    void rowsThatDoNotSuitAreRefused() {
        Classifier classifier = mlp(4).fit(DIGITS.train(), epochs(1));
        assertThatThrownBy(() -> compare(DIGITS.test().rows(0, 0), classifier)).hasMessageContaining("is empty");
        assertThatThrownBy(() -> compare(dataset("letter").test(), classifier)).hasMessageContaining("classes");
    }
}
