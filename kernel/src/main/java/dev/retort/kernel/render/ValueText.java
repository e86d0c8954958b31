package dev.retort.kernel.render;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plain text of a value: its {@code toString()}, but arrays show their elements, long collections end in how many more there
 * are, and what contains itself says so. A {@code toString()} that throws costs the value's looks only.
 */
public final class ValueText {
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int MOST_ELEMENTS = 100;
    private static final int DEEPEST = 16;

    private final StringBuilder text = new StringBuilder();
    private final Set<Object> around = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int mostCharacters;

    private ValueText(int mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    /** The text of a value, at most about a million characters. */
    public static String of(Object value) {
        return of(value, MOST_CHARACTERS);
    }

    /** The text of a value on one line, cut to about {@code characters}. */
    public static String brief(Object value, int characters) {
        return of(value, characters).strip().replaceAll("\\s*\\R\\s*", " ↵ ");
    }

    private static String of(Object value, int characters) {
        ValueText text = new ValueText(characters);
        text.append(value);
        return text.cut();
    }

    private String cut() {
        int more = text.length() - mostCharacters;
        if (more <= 0) {
            return text.toString();
        }
        int end = Character.isHighSurrogate(text.charAt(mostCharacters - 1)) ? mostCharacters - 1 : mostCharacters;
        String note = mostCharacters < MOST_CHARACTERS ? "…" : "… %,d more characters".formatted(more);
        return text.substring(0, end) + note;
    }

    private void append(Object value) {
        if (value == null || text.length() > mostCharacters) {
            text.append(value == null ? "null" : "…");
        } else if (isContainer(value)) {
            appendContainer(value);
        } else {
            text.append(ownText(value));
        }
    }

    /** Containers of the JDK; what has a {@code toString()} of its own is shown as it wants. */
    private static boolean isContainer(Object value) {
        if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
            try {
                return value.getClass().getMethod("toString").getDeclaringClass().getName().startsWith("java.");
            } catch (NoSuchMethodException e) {
                throw new AssertionError(e); // Every class has it.
            }
        }
        return value.getClass().isArray() || value instanceof Elements || value instanceof Map.Entry<?, ?>
                || value instanceof Optional<?>;
    }

    private void appendContainer(Object value) {
        if (around.contains(value)) {
            text.append("(itself)");
        } else if (around.size() == DEEPEST) {
            text.append("…");
        } else {
            around.add(value);
            appendContent(value);
            around.remove(value);
        }
    }

    private void appendContent(Object value) {
        if (value instanceof Map.Entry<?, ?> entry) {
            append(entry.getKey());
            text.append('=');
            append(entry.getValue());
        } else if (value instanceof Optional<?> optional) {
            text.append(optional.isPresent() ? "Optional[" : "Optional.empty");
            optional.ifPresent(present -> {
                append(present);
                text.append(']');
            });
        } else if (value instanceof Map<?, ?> map) {
            appendAll('{', Elements.of(map.entrySet(), MOST_ELEMENTS), '}');
        } else {
            appendAll('[', Elements.of(value, MOST_ELEMENTS), ']');
        }
    }

    private void appendAll(char open, Elements elements, char close) {
        text.append(open);
        Iterator<Object> each = elements.first().iterator();
        while (each.hasNext() && text.length() <= mostCharacters) {
            append(each.next());
            text.append(each.hasNext() || !elements.isWhole() ? ", " : "");
        }
        text.append(elements.rest()).append(close);
    }

    private static String ownText(Object value) {
        try {
            return String.valueOf(value.toString());
        } catch (Throwable e) {
            String type = value.getClass().getSimpleName();
            return "%s@%x (toString failed: %s)".formatted(type, System.identityHashCode(value), e.getClass().getName());
        }
    }
}
