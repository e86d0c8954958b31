package dev.retort.report;

import static dev.retort.Retort.block;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.plot;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.distill.Run;
import dev.retort.distill.Sweep;
import dev.retort.distill.Tradeoff;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;

class ChartsTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final Classifier TEACHER = mlp(16).fit(DIGITS.train(), epochs(2).seed(1));

    @Test
    void aRunIsPlottedByEpoch() {
        Run run = distill(TEACHER).into(mlp(8)).on(DIGITS.train()).run(epochs(3).seed(1));
        XYChart chart = plot(run);
        assertThat(chart.getSeriesMap().keySet()).containsExactly("validation accuracy", "agreement", "loss");
        assertThat(chart.getSeriesMap().get("loss").getYData()).containsExactly(run.history().doubleColumn("loss").asDoubleArray());
    }

    @Test
    void aRunWithoutACompleteEpochHasNothingToPlot() {
        Blueprint interrupting = block("interrupting", () -> new SequentialBlock()
                .add(rows -> {
                    if (rows.head().getShape().get(0) > 1) {
                        Thread.currentThread().interrupt();
                    }
                    return rows;
                })
                .add(Blocks.batchFlattenBlock()).add(Linear.builder().setUnits(10).build()));
        Run run = distill(TEACHER).into(interrupting).on(DIGITS.train()).run(epochs(3).seed(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> plot(run)).hasMessageContaining("nothing to plot").hasMessageContaining("interrupted after 0 of 3");
    }

    @Test
    void aSweepIsALineForEachStudent() {
        Sweep sweep = distill(TEACHER).into(mlp(4), mlp(8)).on(DIGITS.train())
                .losses(hardLabels(), softTargets(2)).run(epochs(1).seed(1));
        CategoryChart chart = plot(sweep);
        assertThat(chart.getSeriesMap().keySet()).containsExactly("mlp(4)", "mlp(8)");
        assertThat(chart.getSeriesMap().get("mlp(8)").getXData()).asList().containsExactly("hardLabels()", "softTargets(2)");
        assertThat(chart.getSeriesMap().get("mlp(8)").getYData()).asList()
                .containsExactly(sweep.means().row(1).getDouble(1), sweep.means().row(1).getDouble(2));
    }

    @Test
    void aTradeoffIsItsFrontAndTheOthers() {
        XYChart chart = plot(new Tradeoff("test", List.of(
                point("the teacher", 4000, 0.9, true), point("small", 100, 0.7, true), point("poor", 400, 0.65, false))));
        assertThat(chart.getSeriesMap().keySet()).containsExactly("Pareto front", "others");
        assertThat(chart.getSeriesMap().get("Pareto front").getXData()).containsExactly(100, 4000);
        assertThat(chart.getSeriesMap().get("others").getYData()).containsExactly(0.65);
    }

    private static Tradeoff.Point point(String name, long bytes, double accuracy, boolean front) {
        return new Tradeoff.Point(name, 1, bytes / 4, bytes, accuracy, 0.01, front);
    }

    @Test
    void probabilitiesOfARowAreSoftenedByEachTemperature() {
        Split row = DIGITS.test().rows(0, 1);
        CategoryChart chart = plot(TEACHER, row, 1, 4);
        assertThat(chart.getSeriesMap().keySet()).containsExactly("T = 1", "T = 4");
        assertThat(chart.getSeriesMap().get("T = 4").getYData().stream().mapToDouble(Number::doubleValue).max().orElseThrow())
                .isLessThan(chart.getSeriesMap().get("T = 1").getYData().stream().mapToDouble(Number::doubleValue).max().orElseThrow());
        assertThatThrownBy(() -> plot(TEACHER, DIGITS.test(), 1)).hasMessageContaining("split.row(id)");
        assertThatThrownBy(() -> plot(TEACHER, row)).hasMessageContaining("0 temperatures");
    }
}
