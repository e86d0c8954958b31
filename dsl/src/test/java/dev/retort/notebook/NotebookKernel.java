package dev.retort.notebook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;

/** A kernel of the IJava line without sockets and compiler, that remembers what it is told. */
final class NotebookKernel extends BaseKernel {
    final List<String> evaluated = new ArrayList<>();
    final List<DisplayData> displayed = new ArrayList<>();
    final List<DisplayData> updated;

    NotebookKernel() {
        this(new ArrayList<>());
    }

    private NotebookKernel(List<DisplayData> updated) {
        super("test", "1", new LanguageInfo("Java", "17", "text/x-java-source", ".jshell", "java", "java", null), List.of(), null,
                new Displays(updated), new CommManager(), new Renderer(), null, new MagicsRegistry(), false,
                new StringStyler("", "", "", line -> ""));
        this.updated = updated;
    }

    @Override
    public void display(DisplayData data) {
        displayed.add(data);
    }

    @Override
    public Object evalRaw(String code) {
        evaluated.add(code);
        return null;
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        return DisplayData.EMPTY;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return new ReplacementOptions(List.of(), at, at);
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_YES;
    }

    /** The line updates displays by publishing messages. */
    private static final class Displays extends JupyterIO {
        Displays(List<DisplayData> updated) {
            super(StandardCharsets.UTF_8);
            setEnv(new ShellReplyEnvironment(null, null, null, null) {
                @Override
                public <T extends ContentType<T>> void publish(T content) {
                    updated.add((PublishUpdateDisplayData) content);
                }
            });
        }
    }
}
