package dev.retort.notebook;

import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.IMAGE_PNG;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.IMAGE_SVG;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_LATEX;
import static org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN;

import dev.retort.device.Devices;
import dev.retort.train.Monitor;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;

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
        kernel.getRenderer().createRegistration(Object.class)
                .preferring(TEXT_HTML, TEXT_LATEX, IMAGE_SVG, IMAGE_PNG, TEXT_PLAIN)
                .register(RetortExtension::render);
        kernel.getMagicsRegistry().registerLineMagic("gpu", (any, arguments) -> {
            System.out.println(Devices.report());
            return null;
        });
        Monitor.use(() -> new LivePanel(kernel));
        kernel.evalRaw(PRELOAD);
    }

    /**
     * Registered for all objects, and thus asked last: a registration for each type would load the libraries' classes before
     * the first cell. Values of the JDK are none of ours, and show as usual.
     */
    private static void render(Object value, RenderContext context) {
        if (value.getClass().getClassLoader() != null) {
            Renderings.render(value, context);
        }
    }
}
