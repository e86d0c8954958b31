package dev.retort.kernel.assist;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** The declarations of one source file; only parsed, for classes that the compiler read elsewhere. */
final class SourceFile {
    /**
     * A declaration as its source has it.
     *
     * @param comment    its documentation, or null
     * @param parameters the names of a method's parameters
     * @param source     the text of the declaration itself
     */
    record Declaration(DocCommentTree comment, List<String> parameters, String source) {
    }

    /** All but the simple name of what a type is made of: annotations, qualifiers, type arguments, blanks. */
    private static final Pattern DETAILS = Pattern.compile("@\\w+(?:\\([^)]*\\))?|\\b\\w+\\.(?!\\.)|\\s+|<[^<>]*>");

    private final String text;
    private final DocTrees trees;
    private final CompilationUnitTree unit;

    SourceFile(String text) {
        this.text = text;
        JavacTask task = (JavacTask) KeptCompiler.COMPILER.getTask(Writer.nullWriter(), null, problem -> { }, List.of("-proc:none"), null,
                List.of(Analysis.file(text)));
        trees = DocTrees.instance(task);
        try {
            unit = task.parse().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where an element is declared here; null if it is not. */
    Declaration find(Element element) {
        TreePath path = find(new TreePath(unit), element);
        if (path == null) {
            return null;
        }
        SourcePositions positions = trees.getSourcePositions();
        int start = (int) positions.getStartPosition(unit, path.getLeaf());
        int end = (int) positions.getEndPosition(unit, path.getLeaf());
        List<String> parameters = path.getLeaf() instanceof MethodTree method
                ? method.getParameters().stream().map(each -> each.getName().toString()).toList() : List.of();
        return new Declaration(trees.getDocCommentTree(path), parameters, text.substring(start, end));
    }

    private static TreePath find(TreePath unit, Element element) {
        Element owner = element.getEnclosingElement();
        if (!(owner instanceof TypeElement)) {
            return member(unit, ((CompilationUnitTree) unit.getLeaf()).getTypeDecls(), element);
        }
        TreePath type = find(unit, owner);
        return type == null ? null : member(type, ((ClassTree) type.getLeaf()).getMembers(), element);
    }

    private static TreePath member(TreePath parent, List<? extends Tree> members, Element element) {
        return members.stream().filter(tree -> declares(tree, element)).findFirst().map(tree -> new TreePath(parent, tree)).orElse(null);
    }

    private static boolean declares(Tree tree, Element element) {
        if (element instanceof TypeElement) {
            return tree instanceof ClassTree type && type.getSimpleName().contentEquals(element.getSimpleName());
        }
        if (element instanceof ExecutableElement method) {
            return tree instanceof MethodTree each && each.getName().contentEquals(element.getSimpleName()) && sameTypes(each, method);
        }
        return tree instanceof VariableTree variable && variable.getName().contentEquals(element.getSimpleName());
    }

    private static boolean sameTypes(MethodTree tree, ExecutableElement method) {
        return tree.getParameters().stream().map(each -> plain(each.getType().toString())).toList()
                .equals(method.getParameters().stream().map(each -> plain(each.asType().toString())).toList());
    }

    private static String plain(String type) {
        String before;
        String text = type;
        do {
            before = text;
            text = DETAILS.matcher(before).replaceAll("");
        } while (!text.equals(before));
        return text.replace("...", "[]");
    }
}
