package dev.retort.kernel.assist;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** What to write where a value has another type than is wanted: one line, or null where that is not sure. */
final class TypeHints {
    private static final String STRING = "java.lang.String";

    private final Slip slip;
    private final Analysis analysis;
    private final Types types;

    /** @param analysis with the cursor at the end of the slip */
    TypeHints(Slip slip, Analysis analysis) {
        this.slip = slip;
        this.analysis = analysis;
        this.types = analysis.types();
    }

    String hint() {
        TreePath path = analysis.endingAtCursor(slip.end() - slip.start());
        if (path == null) {
            return null;
        }
        return switch (slip.kind()) {
            case "prob.found.req" -> ofMismatch(path);
            case "unreported.exception.need.to.catch.or.throw" -> ofException(path);
            case "array.req.but.found" -> ofIndex(path);
            case "cant.deref" -> ofPrimitive(path);
            case "operator.cant.be.applied", "operator.cant.be.applied.1" -> ofOperator(path);
            default -> null;
        };
    }

    private String ofMismatch(TreePath path) {
        if (path.getLeaf() instanceof ThrowTree) {
            return "only exceptions are thrown: throw new RuntimeException(…)";
        }
        if (!(path.getLeaf() instanceof ExpressionTree)) {
            return null;
        }
        TypeMirror found = analysis.typeBeforeError(path);
        Expected expected = new Expected(analysis, path);
        if (found == null || expected.types().size() != 1) {
            return null;
        }
        TypeMirror wanted = expected.types().get(0);
        return isNumber(found) && isNumber(wanted) ? ofNumbers(path.getLeaf(), found, wanted) : conversion(found, wanted);
    }

    private String ofNumbers(Tree tree, TypeMirror found, TypeMirror wanted) {
        if (tree instanceof LiteralTree && found.getKind() == TypeKind.DOUBLE && wanted.getKind() == TypeKind.FLOAT) {
            return "a float ends with f: " + slip.text() + "f";
        }
        String cast = "(" + wanted + ") " + (tree instanceof LiteralTree || slip.text().matches("[\\w.]+(\\([^()]*\\))?")
                ? slip.text() : "(" + slip.text() + ")");
        boolean fraction = found.getKind() == TypeKind.DOUBLE || found.getKind() == TypeKind.FLOAT;
        boolean whole = wanted.getKind() != TypeKind.DOUBLE && wanted.getKind() != TypeKind.FLOAT;
        return cast + (fraction && whole ? " cuts the fraction off; Math.round(…) rounds" : " converts it, if it fits");
    }

    private String conversion(TypeMirror found, TypeMirror wanted) {
        if (found.getKind() == TypeKind.VOID) {
            return "the method returns nothing";
        }
        if (wanted.toString().equals(STRING) && found.getKind().isPrimitive()) {
            return "String.valueOf(" + slip.text() + ")";
        }
        if (found.toString().equals(STRING) && wanted.getKind().isPrimitive()) {
            String parser = parser(wanted.getKind());
            return parser == null ? null : parser + "(" + slip.text() + ")";
        }
        if (wanted.getKind() == TypeKind.BOOLEAN && isNumber(found)) {
            return "Java does not take a number for true or false: " + slip.text() + " != 0";
        }
        boolean narrower = !wanted.getKind().isPrimitive() && !found.getKind().isPrimitive() && found.getKind() != TypeKind.NULL
                && !types.isSameType(types.erasure(wanted), types.erasure(found))
                && types.isSubtype(types.erasure(wanted), types.erasure(found));
        return narrower ? "if it is one, cast it: (" + Signatures.of(wanted) + ") " + slip.text() : null;
    }

    private static String parser(TypeKind kind) {
        return switch (kind) {
            case INT -> "Integer.parseInt";
            case LONG -> "Long.parseLong";
            case DOUBLE -> "Double.parseDouble";
            case FLOAT -> "Float.parseFloat";
            case BOOLEAN -> "Boolean.parseBoolean";
            default -> null;
        };
    }

    private String ofPrimitive(TreePath path) {
        boolean primitive = path.getLeaf() instanceof MemberSelectTree select
                && analysis.type(new TreePath(path, select.getExpression())).getKind().isPrimitive();
        return primitive ? "a primitive value has no methods; String.valueOf(…) makes text of it" : null;
    }

    private static String ofException(TreePath path) {
        for (TreePath each = path; each != null; each = each.getParentPath()) {
            if (each.getLeaf() instanceof LambdaExpressionTree) {
                return "in a lambda, catch it: try { … } catch (Exception e) { throw new RuntimeException(e); }";
            }
            if (each.getLeaf() instanceof MethodTree method) {
                return "declare it: " + method.getName() + "(…) throws Exception; or catch it";
            }
        }
        return null;
    }

    private String ofIndex(TreePath path) {
        if (!(path.getLeaf() instanceof ArrayAccessTree access)) {
            return null;
        }
        TypeMirror type = analysis.type(new TreePath(path, access.getExpression()));
        boolean gets = is(type, "java.util.List") || is(type, "java.util.Map");
        String getter = gets ? "get" : is(type, STRING) ? "charAt" : null;
        return getter == null ? null : access.getExpression() + "." + getter + "(" + access.getIndex() + ")";
    }

    private String ofOperator(TreePath path) {
        if (path.getLeaf() instanceof UnaryTree unary && path.getLeaf().getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
            return isNumber(analysis.type(new TreePath(path, unary.getExpression()))) ? unary.getExpression() + " == 0" : null;
        }
        if (!(path.getLeaf() instanceof BinaryTree binary)) {
            return null;
        }
        TypeMirror left = analysis.type(new TreePath(path, binary.getLeftOperand()));
        TypeMirror right = analysis.type(new TreePath(path, binary.getRightOperand()));
        boolean charAndString = is(left, STRING) && right.getKind() == TypeKind.CHAR
                || is(right, STRING) && left.getKind() == TypeKind.CHAR;
        boolean equality = path.getLeaf().getKind() == Tree.Kind.EQUAL_TO || path.getLeaf().getKind() == Tree.Kind.NOT_EQUAL_TO;
        return charAndString && equality ? "a String is written in double quotes, a char of one letter in single ones" : null;
    }

    private boolean is(TypeMirror type, String name) {
        return type != null && types.isSubtype(types.erasure(type), types.erasure(analysis.elements().getTypeElement(name).asType()));
    }

    private static boolean isNumber(TypeMirror type) {
        return type != null && type.getKind().isPrimitive() && type.getKind() != TypeKind.BOOLEAN;
    }
}
