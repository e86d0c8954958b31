package dev.retort.kernel.assist;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * What the code at the cursor refers to.
 *
 * @param elements one declaration, or the methods of one name: the one that the code calls first
 * @param site     the type whose members they are, as the code has it; may be null
 */
record Meaning(Collection<? extends Element> elements, TypeMirror site) {
    static final Meaning NONE = new Meaning(List.of(), null);

    /** @param name what ends at the cursor; without a declaration of that name, what is called around the cursor counts */
    static Meaning at(Analysis analysis, String name) {
        TreePath path = analysis.nameAtCursor();
        if (path != null) {
            return ofName(analysis, path);
        }
        path = analysis.around(tree -> declares(tree, name));
        if (path != null) {
            return new Meaning(List.of(analysis.element(path)), null);
        }
        path = analysis.around(tree -> tree instanceof MethodInvocationTree || tree instanceof NewClassTree);
        if (path == null) {
            return NONE;
        }
        return ofName(analysis, new TreePath(path, path.getLeaf() instanceof MethodInvocationTree call
                ? call.getMethodSelect() : ((NewClassTree) path.getLeaf()).getIdentifier()));
    }

    private static boolean declares(Tree tree, String name) {
        return tree instanceof VariableTree variable && variable.getName().contentEquals(name)
                || tree instanceof MethodTree method && method.getName().contentEquals(name)
                || tree instanceof ClassTree type && type.getSimpleName().contentEquals(name);
    }

    private static Meaning ofName(Analysis analysis, TreePath path) {
        TreePath parent = path.getParentPath();
        if (parent.getLeaf() instanceof NewClassTree creation && creation.getIdentifier() == path.getLeaf()) {
            return ofConstructors(analysis, parent, analysis.type(path));
        }
        Tree tree = path.getLeaf();
        Element resolved = analysis.element(path);
        if (tree instanceof MemberSelectTree select) {
            TreePath qualifier = new TreePath(path, select.getExpression());
            return ofMember(analysis, path, qualifier, select.getIdentifier().toString(), resolved);
        }
        if (tree instanceof MemberReferenceTree reference) {
            TreePath qualifier = new TreePath(path, reference.getQualifierExpression());
            return ofMember(analysis, path, qualifier, reference.getName().toString(), resolved);
        }
        Set<Element> all = new Visible(analysis, path, tree.toString()::equals).inScope();
        return new Meaning(withOverloads(resolved, all), null);
    }

    private static Meaning ofMember(Analysis analysis, TreePath path, TreePath qualifier, String name, Element resolved) {
        List<Element> all = new Visible(analysis, path, name::equals).membersOf(qualifier);
        return new Meaning(withOverloads(resolved, all), analysis.type(qualifier));
    }

    private static Meaning ofConstructors(Analysis analysis, TreePath creation, TypeMirror type) {
        if (!(type instanceof DeclaredType declared) || type.getKind() != TypeKind.DECLARED) {
            return NONE;
        }
        List<ExecutableElement> all = new Visible(analysis, creation, name -> true).constructors(declared);
        Meaning meaning = new Meaning(withOverloads(analysis.element(creation), all), type);
        return meaning.elements.isEmpty() ? new Meaning(List.of(declared.asElement()), null) : meaning;
    }

    /** What the compiler could not resolve, for want of arguments perhaps, it takes for a package: it means all that it could. */
    private static Collection<? extends Element> withOverloads(Element resolved, Collection<? extends Element> all) {
        boolean known = resolved != null && resolved.asType().getKind() != TypeKind.ERROR
                && !(resolved instanceof PackageElement each && each.getEnclosedElements().isEmpty());
        if (known && !(resolved instanceof ExecutableElement)) {
            return List.of(resolved);
        }
        Set<Element> found = new LinkedHashSet<>();
        if (known) {
            found.add(resolved);
        }
        found.addAll(all);
        return found;
    }
}
