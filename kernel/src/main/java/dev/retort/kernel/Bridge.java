package dev.retort.kernel;

import dev.retort.kernel.assist.Completion;
import dev.retort.kernel.assist.Explanation;
import dev.retort.kernel.magic.Magics;
import dev.retort.kernel.render.SafeRenderer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;

/**
 * This kernel as libraries of the IJava line know a kernel: {@code display}, {@code render}, {@code lineMagic} and extensions
 * reach it through {@link BaseKernel}. The line's sockets and handlers are not used.
 */
final class Bridge extends BaseKernel {
    private final Kernel kernel;

    Bridge(Kernel kernel) {
        super("Retort", Kernel.version(), language(), List.of(), null, new Displays(kernel), new Comms(kernel),
                new SafeRenderer(), null, new Magics(new MagicHost(kernel)), false, new StringStyler("", "", "", line -> ""));
        this.kernel = kernel;
    }

    private static LanguageInfo language() {
        return new LanguageInfo("Java", Runtime.version().toString(), "text/x-java-source", ".jshell", "java", "java", null);
    }

    Magics magics() {
        return (Magics) getMagicsRegistry();
    }

    Comms comms() {
        return (Comms) commManager;
    }

    /** Lets the line's static words find this kernel. */
    void install() {
        installNotebookKernel();
    }

    /** Takes the extensions and this kernel away. */
    void uninstall() {
        uninstallExtension();
        uninstallNotebookKernel();
    }

    /** Installs the extensions that {@code loader} finds and that are not installed yet. One that fails costs a line on stderr. */
    void installExtensionsOf(ClassLoader loader) {
        Iterator<Extension> found = ServiceLoader.load(Extension.class, loader).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return;
                }
                installExtension(found.next());
            } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
                System.err.println("an extension could not be installed: " + e);
            }
        }
    }

    @Override
    public void display(DisplayData data) {
        kernel.emit(outputs -> outputs.display(data));
    }

    @Override
    public Object evalRaw(String code) {
        return kernel.evaluateNested("eval", code);
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        Explanation explanation = kernel.assistant().explain(code, at, extraDetail);
        return new DisplayData(explanation == null ? "" : explanation.text());
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        Completion completion = kernel.assistant().complete(code, at);
        return new ReplacementOptions(completion.matches().stream().map(Completion.Match::text).toList(), completion.start(), at);
    }

    @Override
    public String isComplete(String code) {
        return switch (kernel.wholeness(code)) {
            case COMPLETE -> IS_COMPLETE_YES;
            case INCOMPLETE -> "";
            case INVALID -> IS_COMPLETE_BAD;
        };
    }

    @Override
    public void interrupt() {
        kernel.interrupt();
    }

    /** The line updates and clears displays by publishing messages: here they become outputs. */
    private static final class Displays extends JupyterIO {
        Displays(Kernel kernel) {
            super(StandardCharsets.UTF_8);
            setEnv(new ShellReplyEnvironment(null, null, null, null) {
                @Override
                public <T extends ContentType<T>> void publish(T content) {
                    if (content instanceof PublishUpdateDisplayData update) {
                        kernel.emit(outputs -> outputs.update(update));
                    } else if (content instanceof DisplayData display) {
                        kernel.emit(outputs -> outputs.display(display));
                    } else if (content instanceof PublishClearOutput clear) {
                        kernel.emit(outputs -> outputs.clear(clear.shouldWait()));
                    }
                }
            });
        }
    }
}
