package dev.retort.kernel.assist;

import com.sun.source.tree.Scope;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;

/** The declarations that a name at one place of the code can mean. */
final class Visible {
    /** What the compiler keeps in scopes beside declarations. */
    private static final Set<String> KEYWORDS = Set.of("this", "super");

    private final Analysis analysis;
    private final Scope scope;
    private final Predicate<String> wanted;

    /** @param wanted which names; asked first, since to look at a class is to read its file */
    Visible(Analysis analysis, TreePath at, Predicate<String> wanted) {
        this.analysis = analysis;
        this.scope = analysis.scope(at);
        this.wanted = wanted;
    }

    /** What an unqualified name can mean, but for the classes of packages that are imported whole. */
    Set<Element> inScope() {
        Set<Element> found = new LinkedHashSet<>();
        // The outermost scope is that of imports on demand: to list it is to read hundreds of class files.
        for (Scope each = scope; each.getEnclosingScope() != null; each = each.getEnclosingScope()) {
            for (Element element : each.getLocalElements()) {
                if (isWanted(element) && isAccessible(element)) {
                    found.add(element);
                }
            }
            TypeElement type = each.getEnclosingClass();
            if (type != null) {
                found.addAll(membersAround(type));
            }
        }
        analysis.imports().filter(each -> each.isStatic() && Analysis.isOnDemand(each))
                .map(each -> analysis.elements().getTypeElement(Analysis.owner(each)))
                .filter(Objects::nonNull)
                .forEach(type -> analysis.elements().getAllMembers(type).stream()
                        .filter(member -> isStatic(member) && isWanted(member)
                                && analysis.trees().isAccessible(scope, member, (DeclaredType) type.asType()))
                        .forEach(found::add));
        return found;
    }

    /** The members of a class around the cursor; the classes made around a cell's code have none but their own. */
    private List<? extends Element> membersAround(TypeElement type) {
        boolean madeUp = type.getSimpleName().toString().startsWith("$");
        List<? extends Element> all = madeUp ? type.getEnclosedElements() : analysis.elements().getAllMembers(type);
        return all.stream().filter(this::isWanted).toList();
    }

    /** What a name after an expression and a dot can mean. */
    List<Element> membersOf(TreePath expression) {
        Element element = analysis.element(expression);
        if (element instanceof PackageElement each) {
            return each.getEnclosedElements().stream().filter(this::isWanted).filter(this::isAccessible)
                    .map(Element.class::cast).toList();
        }
        boolean ofType = element instanceof TypeElement;
        List<Element> found = new ArrayList<>();
        for (DeclaredType type : declared(analysis.type(expression))) {
            for (Element member : analysis.elements().getAllMembers((TypeElement) type.asElement())) {
                if (isWanted(member) && isStatic(member) == ofType && analysis.trees().isAccessible(scope, member, type)) {
                    found.add(member);
                }
            }
        }
        return found;
    }

    /** The constructors of a class. */
    List<ExecutableElement> constructors(DeclaredType type) {
        return type.asElement().getEnclosedElements().stream()
                .filter(member -> member.getKind() == ElementKind.CONSTRUCTOR && analysis.trees().isAccessible(scope, member, type))
                .map(ExecutableElement.class::cast).toList();
    }

    /** The classes whose members a value of the type has. */
    private List<DeclaredType> declared(TypeMirror type) {
        if (type instanceof DeclaredType declared && type.getKind() == TypeKind.DECLARED) {
            return List.of(declared);
        }
        if (type instanceof TypeVariable variable) {
            return declared(variable.getUpperBound());
        }
        if (type instanceof IntersectionType intersection) {
            return intersection.getBounds().stream().flatMap(bound -> declared(bound).stream()).toList();
        }
        boolean array = type != null && type.getKind() == TypeKind.ARRAY;
        return array ? declared(analysis.elements().getTypeElement("java.lang.Object").asType()) : List.of();
    }

    private boolean isWanted(Element element) {
        String name = element.getSimpleName().toString();
        return Character.isJavaIdentifierStart(name.charAt(0)) && !KEYWORDS.contains(name) && wanted.test(name);
    }

    private boolean isAccessible(Element element) {
        return !(element instanceof TypeElement type) || analysis.trees().isAccessible(scope, type);
    }

    private static boolean isStatic(Element member) {
        return member.getModifiers().contains(Modifier.STATIC) || member instanceof TypeElement;
    }
}
