package dev.retort.kernel.session;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/**
 * Makes JShell forget. It keeps every snippet and every class file for good, and goes through all of them for each new one:
 * after ten thousand cells each takes ten times as long. There is no public way to remove one, hence the reflection; where
 * {@code jdk.jshell} is not opened to this package, nothing is forgotten.
 */
final class JShellMemory {
    /** How many snippets one compiler serves: a new one takes some tens of milliseconds to start. */
    private static final int SNIPPETS_OF_A_COMPILER = 100;

    /** What may be an argument that the compiler looks into: a lambda, a reference to a method, a call. */
    private static final Pattern ARGUMENT = Pattern.compile("->|::|\\([^)]*\\(");

    private final Map<?, ?> classFiles;
    private final Map<?, ?> classInfos;
    private final Map<?, ?> wraps;
    private final Map<?, ?> variables;
    private final Map<?, Set<?>> users;
    private final Collection<?> snippets;
    private final List<?> snippetsByIndex;
    private final Object compilers;
    private final Method renewCompilers;
    private int compiled;

    @SuppressWarnings("unchecked")
    private JShellMemory(JShell shell) throws ReflectiveOperationException {
        compilers = field(shell, "taskFactory");
        renewCompilers = compilers.getClass().getDeclaredMethod("initTaskPool");
        renewCompilers.setAccessible(true);
        classFiles = (Map<?, ?>) field(shell, "taskFactory", "fileManager", "classObjects");
        classInfos = (Map<?, ?>) field(shell, "classTracker", "map");
        wraps = (Map<?, ?>) field(shell, "outerMap", "classOuters");
        variables = (Map<?, ?>) field(shell, "keyMap", "varMap");
        users = (Map<?, Set<?>>) field(shell, "maps", "dependencies");
        snippets = (Collection<?>) field(shell, "maps", "snippets");
        snippetsByIndex = (List<?>) field(shell, "maps", "keyIndexToSnippet");
    }

    /** The memory of a JShell, or null where it is not open. */
    static JShellMemory of(JShell shell) {
        try {
            return new JShellMemory(shell);
        } catch (ReflectiveOperationException | InaccessibleObjectException notOpen) {
            return null;
        }
    }

    /** Forgets a class that no snippet is in any more, and the classes in it. */
    void forgetClass(String wrapper) {
        String inner = wrapper + "$";
        classFiles.keySet().removeIf(name -> name.equals(wrapper) || ((String) name).startsWith(inner));
        classInfos.keySet().removeIf(name -> name.equals(wrapper) || ((String) name).startsWith(inner));
        wraps.remove(wrapper.substring(wrapper.lastIndexOf('.') + 1));
    }

    /** Forgets a snippet that ran and declared nothing, or whose declaration is no longer in force. */
    void forgetSnippet(Snippet snippet) {
        snippets.remove(snippet);
        int index = Integer.parseInt(snippet.id());
        if (snippetsByIndex.get(index) == snippet) {
            snippetsByIndex.set(index, null);
        }
        if (ValueVariable.is(snippet)) {
            variables.remove(((VarSnippet) snippet).name());
            users.values().removeIf(indices -> indices.remove(index) && indices.isEmpty());
        }
    }

    /**
     * Another snippet was compiled. A compiler that is used again keeps what it found out of arguments such as lambdas, and with that
     * the code and the imports around them; so a snippet without any does not count.
     */
    void countCompiled(Snippet snippet) {
        if (ARGUMENT.matcher(snippet.source()).find() && ++compiled % SNIPPETS_OF_A_COMPILER == 0) {
            try {
                renewCompilers.invoke(compilers);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("JShell makes no new compiler", e);
            }
        }
    }

    private static Object field(Object owner, String... path) throws ReflectiveOperationException {
        Object value = owner;
        for (String name : path) {
            Field field = value.getClass().getDeclaredField(name);
            field.setAccessible(true);
            value = field.get(value);
        }
        return value;
    }
}
