package dev.retort.notebook;

import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.IMAGE_PNG;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.IMAGE_SVG;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_LATEX;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import dev.retort.data.Split;
import dev.retort.distill.Gain;
import dev.retort.distill.Sweep;
import dev.retort.distill.Tradeoff;
import dev.retort.loss.Loss;
import dev.retort.report.Comparison;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.knowm.xchart.internal.chartpart.Chart;
import org.tribuo.Prediction;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** What the language and its libraries show of their values. */
final class Renderings {
    private final RenderContext context;

    private Renderings(RenderContext context) {
        this.context = context;
    }

    /** Renders the value, if it is of a type that is known here. */
    static void render(Object value, RenderContext context) {
        new Renderings(context).render(value);
    }

    private void render(Object value) {
        if (value instanceof Table table) {
            grid(Grid.of(table), "");
        } else if (value instanceof Column<?> column) {
            grid(Grid.of(Table.create("", column)), "");
        } else if (value instanceof Comparison comparison) {
            grid(Grid.of(comparison.table()), comparison.summary());
        } else if (value instanceof Sweep sweep) {
            grid(Grid.of(sweep.table()), sweep.toString());
        } else if (value instanceof Tradeoff tradeoff) {
            grid(Grid.of(tradeoff.table()), tradeoff.toString());
        } else if (value instanceof Gain gain) {
            context.renderIfRequested(TEXT_HTML, () -> Html.paragraphs(gain.toString()));
        } else if (value instanceof Loss loss) {
            context.renderIfRequested(TEXT_LATEX, () -> "$$" + loss.latex() + "$$");
        } else if (value instanceof Chart<?, ?> chart) {
            chart(chart);
        } else if (value instanceof Split split && Pictures.areImages(split)) {
            context.renderIfRequested(IMAGE_PNG, () -> Pictures.contactSheet(split));
        } else {
            renderOfLibrary(value);
        }
    }

    private void renderOfLibrary(Object value) {
        if (value instanceof NDArray array) {
            context.renderIfRequested(TEXT_PLAIN, () -> Tensors.text(array));
        } else if (value instanceof NDList arrays) {
            context.renderIfRequested(TEXT_PLAIN, () -> Tensors.text(arrays));
        } else if (value instanceof Block block) {
            grid(Grid.of(Layers.of(block)), "");
        } else if (value instanceof Model model && model.getBlock() != null) {
            grid(Grid.of(Layers.of(model.getBlock())), "");
        } else if (value instanceof Prediction<?> prediction && !prediction.getOutputScores().isEmpty()) {
            grid(Grid.of(scores(prediction)), "predicted " + prediction.getOutput());
        }
    }

    private void chart(Chart<?, ?> chart) {
        context.renderIfRequested(IMAGE_SVG, () -> Pictures.svg(chart));
        context.renderIfRequested(IMAGE_PNG, () -> Pictures.png(chart));
        context.renderIfRequested(TEXT_PLAIN, () -> "chart: " + chart.getTitle());
    }

    private void grid(Grid grid, String below) {
        context.renderIfRequested(TEXT_HTML, () -> grid.html() + Html.paragraphs(below));
        context.renderIfRequested(TEXT_PLAIN, () -> below.isEmpty() ? grid.text() : grid.text() + "\n" + below);
    }

    private static Table scores(Prediction<?> prediction) {
        StringColumn names = StringColumn.create("output");
        StringColumn outputs = StringColumn.create("score");
        prediction.getOutputScores().forEach((name, output) -> {
            names.append(name);
            outputs.append(output.toString());
        });
        return Table.create("", names, outputs);
    }
}
