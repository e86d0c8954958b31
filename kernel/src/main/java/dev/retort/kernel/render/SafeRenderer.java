package dev.retort.kernel.render;

import java.awt.Image;
import java.awt.image.RenderedImage;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * The line's renderer, made to survive the values: a renderer or a {@code toString()} that throws costs the value's looks only.
 * Every rendering has plain text. What no renderer is registered for, but reads best as a table, is one.
 */
public final class SafeRenderer extends Renderer {
    private static final int MOST_OF_A_STREAM = 1000;
    private static final List<MIMEType> USUAL = List.of(MIMEType.TEXT_PLAIN, MIMEType.TEXT_HTML, MIMEType.TEXT_MARKDOWN,
            MIMEType.TEXT_LATEX, MIMEType.IMAGE_PNG, MIMEType.IMAGE_SVG, MIMEType.IMAGE_JPEG, MIMEType.IMAGE_GIF,
            MIMEType.APPLICATION_JSON, MIMEType.APPLICATION_JAVASCRIPT);

    @Override
    public DisplayData render(Object value, Map<String, Object> parameters) {
        return safely(value, () -> {
            Object shown = prepared(value);
            DisplayData data = shown instanceof InputStream // The line's renderer would read it, as an image.
                    ? new DisplayData() : super.render(shown, parameters);
            return completed(data, shown, USUAL.stream().noneMatch(data::hasDataForType));
        });
    }

    @Override
    public DisplayData renderAs(Object value, Map<String, Object> parameters, String... types) {
        return safely(value, () -> {
            Object shown = prepared(value);
            DisplayData data = super.renderAs(shown, parameters, types);
            if (shown instanceof byte[] bytes) {
                Stream.of(types).forEach(type -> data.putData(type, Base64.getEncoder().encodeToString(bytes)));
            }
            boolean asked = List.of(types).contains(MIMEType.TEXT_HTML.toString());
            return completed(data, shown, asked && !data.hasDataForType(MIMEType.TEXT_HTML));
        });
    }

    @Override
    protected DisplayData finalizeDisplayData(DisplayData data, Object value) {
        return data; // Completed above, where it is known what was asked for.
    }

    private static DisplayData completed(DisplayData data, Object value, boolean asTable) {
        Grid grid = asTable ? Grids.of(value) : null;
        if (grid != null) {
            data.putHTML(grid.html());
        }
        boolean ofRows = grid != null && !grid.header().isEmpty() && !(value instanceof Map) && !(value instanceof Record);
        data.putText(ofRows ? grid.text() : ValueText.of(Objects.requireNonNullElse(data.getData(MIMEType.TEXT_PLAIN), value)));
        return data;
    }

    /** A stream becomes its elements, and a picture one that can be written. */
    private static Object prepared(Object value) {
        if (value instanceof BaseStream<?, ?> stream) {
            return Elements.taken(stream, MOST_OF_A_STREAM);
        }
        boolean ofDesktop = "java.desktop".equals(value.getClass().getModule().getName()); // Else no class of it is loaded.
        return ofDesktop && value instanceof Image image && !(value instanceof RenderedImage) ? Pictures.drawn(image) : value;
    }

    private static DisplayData safely(Object value, Supplier<DisplayData> rendering) {
        if (value == null) {
            return new DisplayData("null");
        }
        if (value instanceof DisplayData data) {
            return data;
        }
        try {
            return rendering.get();
        } catch (Throwable e) {
            System.err.println("the renderer of " + value.getClass().getTypeName() + " failed: " + e);
            return new DisplayData(ValueText.of(value));
        }
    }
}
