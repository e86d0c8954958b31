package dev.retort.kernel.session;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/** What cells declared, beside what was there before the first of them. Names with a dollar sign are the kernel's own. */
public final class Declarations {
    /**
     * A variable and what it holds.
     *
     * @param type as it was declared or inferred
     */
    public record Variable(String name, String type, Object value) {
    }

    /**
     * A method.
     *
     * @param parameters their types, separated by commas
     */
    public record Method(String name, String parameters, String result) {
    }

    /**
     * A type.
     *
     * @param kind {@code class}, {@code interface}, {@code enum}, {@code record}, {@code annotation}
     */
    public record Type(String name, String kind) {
    }

    private final JShell shell;
    private final ClassLoader loader;
    private final Set<Snippet> preloaded = new HashSet<>();

    Declarations(JShell shell, ClassLoader loader) {
        this.shell = shell;
        this.loader = loader;
    }

    /** What there is now was not declared by cells. */
    void keep() {
        shell.snippets().forEach(preloaded::add);
    }

    /** The variables with their present values. */
    public List<Variable> variables() {
        return ofCells(VarSnippet.class).filter(variable -> variable.name().indexOf('$') < 0)
                .map(variable -> new Variable(variable.name(), simple(variable.typeName()), value(variable))).toList();
    }

    public List<Method> methods() {
        return ofCells(MethodSnippet.class).map(method -> new Method(method.name(), method.parameterTypes().replace(",", ", "),
                method.signature().substring(method.signature().lastIndexOf(')') + 1))).toList();
    }

    public List<Type> types() {
        return ofCells(TypeDeclSnippet.class).filter(type -> type.name().indexOf('$') < 0)
                .map(type -> new Type(type.name(), type.subKind().name().replace("_SUBKIND", "").replace("_TYPE", "").toLowerCase()))
                .toList();
    }

    /** All imports, also those that were there before the first cell, as {@code java.util.*} or {@code static java.lang.Math.*}. */
    public List<String> imports() {
        return shell.imports().flatMap(each -> Imports.of(each).stream()).toList();
    }

    /** Drops everything that cells declared, and lets go of the values. */
    public void reset() {
        ofCells(VarSnippet.class).toList().forEach(this::drop);
        ofCells(MethodSnippet.class).toList().forEach(shell::drop);
        ofCells(TypeDeclSnippet.class).toList().forEach(shell::drop);
        ofCells(ImportSnippet.class).toList().forEach(shell::drop);
    }

    /** A type without the packages in it. */
    private static String simple(String type) {
        return type.replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "");
    }

    private void drop(VarSnippet variable) {
        Field field = field(variable);
        shell.drop(variable);
        try {
            if (field != null && !field.getType().isPrimitive()) {
                field.set(null, null);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("JShell's variables are public, but not " + field, e);
        }
    }

    private Object value(VarSnippet variable) {
        Field field = field(variable);
        try {
            return field == null ? null : field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("JShell's variables are public, but not " + field, e);
        }
    }

    /** Where JShell keeps a variable, or null if its type is not declared yet. */
    private Field field(VarSnippet variable) {
        try {
            String wrapper = shell.sourceCodeAnalysis().wrapper(variable).fullClassName();
            Field field = loader.loadClass(wrapper).getDeclaredField(variable.name());
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private <T extends Snippet> Stream<T> ofCells(Class<T> kind) {
        return shell.snippets().filter(kind::isInstance).map(kind::cast)
                .filter(snippet -> shell.status(snippet).isActive() && !preloaded.contains(snippet));
    }
}
