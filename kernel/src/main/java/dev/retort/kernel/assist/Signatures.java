package dev.retort.kernel.assist;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** How declarations read: in Java's words, types by their simple names. */
final class Signatures {
    private static final Pattern QUALIFIERS = Pattern.compile("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z$])|REPL\\.|\\$(?:JShell|Cell|Here)[\\w$]*\\.");
    /** What a class file without names of parameters calls them. */
    private static final Pattern UNNAMED = Pattern.compile("arg\\d+");

    private final Types types;

    Signatures(Types types) {
        this.types = types;
    }

    /** A type as one would write it with the imports it needs. */
    static String of(TypeMirror type) {
        return QUALIFIERS.matcher(type.toString()).replaceAll("");
    }

    /** @param site the type whose member it is, or null */
    String of(Element element, TypeMirror site) {
        return of(element, site, List.of());
    }

    /** @param parameters the names of a method's parameters; empty for those that its class file has */
    String of(Element element, TypeMirror site, List<String> parameters) {
        if (element instanceof ExecutableElement method) {
            return method(method, site, parameters);
        }
        if (element instanceof TypeElement type) {
            return type(type);
        }
        if (element instanceof PackageElement each) {
            return "package " + each.getQualifiedName();
        }
        return element instanceof VariableElement ? of(typeOf(element, site)) + " " + element.getSimpleName() : element.toString();
    }

    /** The type of a field or variable, or what a method returns, as {@code site} has it. */
    TypeMirror typeOf(Element element, TypeMirror site) {
        TypeMirror type = asMember(element, site);
        return type instanceof ExecutableType method ? method.getReturnType() : type;
    }

    private TypeMirror asMember(Element element, TypeMirror site) {
        boolean member = site instanceof DeclaredType && site.getKind() == TypeKind.DECLARED
                && element.getEnclosingElement() instanceof TypeElement;
        try {
            return member ? types.asMemberOf((DeclaredType) site, element) : element.asType();
        } catch (IllegalArgumentException notAMember) {
            return element.asType();
        }
    }

    private String method(ExecutableElement method, TypeMirror site, List<String> names) {
        ExecutableType type = (ExecutableType) asMember(method, site);
        boolean constructor = method.getKind() == ElementKind.CONSTRUCTOR;
        String name = constructor ? method.getEnclosingElement().getSimpleName().toString() : method.getSimpleName().toString();
        String result = constructor ? "" : of(type.getReturnType()) + " ";
        String thrown = type.getThrownTypes().isEmpty() ? "" : " throws " + list(type.getThrownTypes());
        return result + name + "(" + parameters(method, type, names) + ")" + thrown;
    }

    private static String parameters(ExecutableElement method, ExecutableType type, List<String> names) {
        int count = method.getParameters().size();
        return IntStream.range(0, count).mapToObj(i -> {
            TypeMirror each = type.getParameterTypes().get(i);
            boolean variable = method.isVarArgs() && i == count - 1 && each instanceof ArrayType;
            String name = names.isEmpty() ? method.getParameters().get(i).getSimpleName().toString() : names.get(i);
            return (variable ? of(((ArrayType) each).getComponentType()) + "..." : of(each))
                    + (UNNAMED.matcher(name).matches() ? "" : " " + name);
        }).collect(Collectors.joining(", "));
    }

    private static String type(TypeElement type) {
        String kind = switch (type.getKind()) {
            case INTERFACE -> "interface ";
            case ENUM -> "enum ";
            case ANNOTATION_TYPE -> "@interface ";
            default -> type.getKind().name().toLowerCase(Locale.ROOT) + " ";
        };
        TypeMirror parent = type.getSuperclass();
        boolean plain = parent.getKind() == TypeKind.NONE || type.getKind() != ElementKind.CLASS
                || parent.toString().equals("java.lang.Object");
        String interfaces = type.getInterfaces().isEmpty() ? ""
                : (type.getKind() == ElementKind.INTERFACE ? " extends " : " implements ") + list(type.getInterfaces());
        return kind + of(type.asType()) + (plain ? "" : " extends " + of(parent)) + interfaces;
    }

    private static String list(List<? extends TypeMirror> types) {
        return types.stream().map(Signatures::of).collect(Collectors.joining(", "));
    }
}
