package dev.retort.kernel.assist;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The types that an expression at the cursor may have where it stands. None means any. */
final class Expected {
    private final Analysis analysis;
    private final List<TypeMirror> types;
    private final boolean afterNew;

    Expected(Analysis analysis, TreePath expression) {
        this.analysis = analysis;
        Tree parent = expression.getParentPath().getLeaf();
        afterNew = parent instanceof NewClassTree created && created.getIdentifier() == expression.getLeaf();
        types = of(complete(afterNew ? expression.getParentPath() : expression)).stream().filter(Expected::isKnown).toList();
    }

    /** What is unfinished is within a tree that says so. */
    private static TreePath complete(TreePath expression) {
        TreePath path = expression;
        while (path.getParentPath().getLeaf() instanceof ErroneousTree) {
            path = path.getParentPath();
        }
        return path;
    }

    /** What the switch switches on that has the name in the label of a case; null if none has. */
    static TreePath selector(TreePath name) {
        TreePath label = name.getParentPath();
        while (label != null && !(label.getLeaf() instanceof CaseTree) && !(label.getLeaf() instanceof StatementTree)) {
            label = label.getParentPath();
        }
        if (label == null || !(label.getLeaf() instanceof CaseTree)) {
            return null;
        }
        TreePath parent = label.getParentPath();
        Tree selector = parent.getLeaf() instanceof SwitchTree statement ? statement.getExpression()
                : ((SwitchExpressionTree) parent.getLeaf()).getExpression();
        return new TreePath(parent, selector);
    }

    /** The types; none if any will do, or they are not known. */
    List<TypeMirror> types() {
        return types;
    }

    /** Whether a class is wanted here, to make an object of it. */
    boolean isAfterNew() {
        return afterNew;
    }

    /** Whether a value of the type may stand here, where only some may. */
    boolean accepts(TypeMirror type) {
        return isKnown(type) && types.stream().anyMatch(each -> analysis.types().isAssignable(type, each));
    }

    /** Whether an object of the class, with whatever type arguments, may stand here. */
    boolean acceptsClass(TypeMirror type) {
        return types.stream().anyMatch(each -> !each.getKind().isPrimitive()
                && analysis.types().isSubtype(analysis.types().erasure(type), analysis.types().erasure(each)));
    }

    private static boolean isKnown(TypeMirror type) {
        return type != null && switch (type.getKind()) {
            case VOID, NONE, NULL, ERROR, PACKAGE, MODULE, EXECUTABLE, OTHER, UNION, INTERSECTION -> false;
            default -> !type.toString().equals("java.lang.Object");
        };
    }

    private List<TypeMirror> of(TreePath expression) {
        TreePath path = expression.getParentPath();
        Tree parent = path.getLeaf();
        Tree tree = expression.getLeaf();
        if (parent instanceof VariableTree variable && variable.getInitializer() == tree) {
            return single(analysis.type(path));
        }
        if (parent instanceof AssignmentTree assignment && assignment.getExpression() == tree) {
            return single(analysis.type(new TreePath(path, assignment.getVariable())));
        }
        if (parent instanceof MethodInvocationTree call && call.getArguments().contains(tree)) {
            return ofArgument(methods(path, call), call.getArguments().indexOf(tree));
        }
        if (parent instanceof NewClassTree creation && creation.getArguments().contains(tree)) {
            return ofArgument(constructors(path, creation), creation.getArguments().indexOf(tree));
        }
        if (parent instanceof ReturnTree) {
            return ofReturn(path);
        }
        boolean condition = parent instanceof ParenthesizedTree && switch (path.getParentPath().getLeaf().getKind()) {
            case IF, WHILE_LOOP, DO_WHILE_LOOP -> true;
            default -> false;
        };
        return condition ? List.of(analysis.types().getPrimitiveType(TypeKind.BOOLEAN)) : List.of();
    }

    private static List<TypeMirror> single(TypeMirror type) {
        return type == null ? List.of() : List.of(type);
    }

    private Collection<? extends Element> methods(TreePath path, MethodInvocationTree call) {
        ExpressionTree called = call.getMethodSelect();
        if (called instanceof MemberSelectTree select) {
            TreePath selected = new TreePath(path, called);
            return new Visible(analysis, selected, select.getIdentifier()::contentEquals)
                    .membersOf(new TreePath(selected, select.getExpression()));
        }
        return called instanceof IdentifierTree identifier
                ? new Visible(analysis, path, identifier.getName()::contentEquals).inScope() : List.of();
    }

    private Collection<? extends Element> constructors(TreePath path, NewClassTree creation) {
        TypeMirror type = analysis.type(new TreePath(path, creation.getIdentifier()));
        return type instanceof DeclaredType declared && type.getKind() == TypeKind.DECLARED
                ? new Visible(analysis, path, name -> true).constructors(declared) : List.of();
    }

    private static List<TypeMirror> ofArgument(Collection<? extends Element> methods, int index) {
        List<TypeMirror> types = new ArrayList<>();
        for (Element each : methods) {
            if (each instanceof ExecutableElement method && index < method.getParameters().size()) {
                types.add(((ExecutableType) method.asType()).getParameterTypes().get(index));
            }
        }
        return types;
    }

    private List<TypeMirror> ofReturn(TreePath path) {
        for (TreePath each = path; each != null; each = each.getParentPath()) {
            switch (each.getLeaf().getKind()) {
                case METHOD -> {
                    Tree type = ((MethodTree) each.getLeaf()).getReturnType();
                    return type == null ? List.of() : single(analysis.type(new TreePath(each, type)));
                }
                case LAMBDA_EXPRESSION -> {
                    return List.of();
                }
                default -> {
                }
            }
        }
        return List.of();
    }
}
