package dev.retort.notebook;

import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.IMAGE_PNG;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.IMAGE_SVG;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_LATEX;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN;

import dev.retort.data.Split;
import dev.retort.loss.Loss;
import dev.retort.report.Comparison;
import dev.retort.train.Monitor;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** Makes a kernel of the IJava line speak the language: its words, its renderers, its live panel. */
public final class RetortExtension implements Extension {
    private static final String PRELOAD = String.join("\n",
            "import static dev.retort.Retort.*;",
            "import dev.retort.data.DataSet;",
            "import dev.retort.data.Split;",
            "import dev.retort.distill.Run;",
            "import dev.retort.loss.Loss;",
            "import dev.retort.model.Blueprint;",
            "import dev.retort.model.Classifier;",
            "import tech.tablesaw.api.Table;");

    @Override
    public void install(BaseKernel kernel) {
        Renderer renderer = kernel.getRenderer();
        renderer.createRegistration(Table.class).preferring(TEXT_HTML, TEXT_PLAIN).register((table, context) -> {
            Grid grid = Grid.of(table);
            put(context, TEXT_HTML, grid::html);
            put(context, TEXT_PLAIN, grid::text);
        });
        renderer.createRegistration(Comparison.class).preferring(TEXT_HTML, TEXT_PLAIN).register((comparison, context) -> {
            Grid grid = Grid.of(comparison.table());
            put(context, TEXT_HTML, () -> grid.html() + Html.paragraphs(comparison.summary()));
            put(context, TEXT_PLAIN, () -> grid.text() + "\n" + comparison.summary());
        });
        renderer.createRegistration(Loss.class).preferring(TEXT_LATEX, TEXT_PLAIN).register((loss, context) -> {
            put(context, TEXT_LATEX, () -> "$$" + loss.latex() + "$$");
            put(context, TEXT_PLAIN, loss::toString);
        });
        renderer.createRegistration(Chart.class).preferring(IMAGE_SVG, IMAGE_PNG, TEXT_PLAIN).register((chart, context) -> {
            put(context, IMAGE_SVG, () -> Pictures.svg(chart));
            put(context, IMAGE_PNG, () -> Pictures.png(chart));
            put(context, TEXT_PLAIN, () -> "chart: " + chart.getTitle());
        });
        renderer.createRegistration(Split.class).preferring(IMAGE_PNG, TEXT_PLAIN).register((split, context) -> {
            if (Pictures.areImages(split)) {
                put(context, IMAGE_PNG, () -> Pictures.contactSheet(split));
            }
            put(context, TEXT_PLAIN, split::toString);
        });
        Monitor.use(() -> new LivePanel(kernel));
        kernel.evalRaw(PRELOAD);
    }

    private static void put(RenderContext context, MIMEType type, Supplier<Object> content) {
        context.renderIfRequested(type, content);
    }
}
