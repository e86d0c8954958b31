package dev.retort.kernel;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * The line's renderer, made to survive the values: a renderer or a {@code toString()} that throws costs the value's looks only.
 * Every rendering has plain text; that of an array shows its elements.
 */
final class SafeRenderer extends Renderer {

    @Override
    public DisplayData render(Object value, Map<String, Object> parameters) {
        return safely(value, () -> super.render(value, parameters));
    }

    @Override
    public DisplayData renderAs(Object value, Map<String, Object> parameters, String... types) {
        return safely(value, () -> super.renderAs(value, parameters, types));
    }

    @Override
    protected DisplayData finalizeDisplayData(DisplayData data, Object value) {
        if (!data.hasDataForType(MIMEType.TEXT_PLAIN)) {
            data.putText(text(value));
        }
        return data;
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
            return new DisplayData(text(value));
        }
    }

    private static String text(Object value) {
        try {
            return value.getClass().isArray() ? arrayText(value) : String.valueOf(value.toString());
        } catch (Throwable e) {
            String type = value.getClass().getSimpleName();
            return "%s@%x (toString failed: %s)".formatted(type, System.identityHashCode(value), e.getClass().getName());
        }
    }

    private static String arrayText(Object array) {
        if (array instanceof Object[] objects) {
            return Arrays.deepToString(objects);
        }
        Object[] boxed = new Object[Array.getLength(array)];
        Arrays.setAll(boxed, i -> Array.get(array, i));
        return Arrays.toString(boxed);
    }
}
