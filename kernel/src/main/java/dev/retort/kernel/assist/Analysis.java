package dev.retort.kernel.assist;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Scope;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** What the compiler knows of a cell's code at the cursor. Errors in the code do not stop it. */
final class Analysis {
    /** The names of parameters come along where a class has them; nothing but what the language says is looked at. */
    private static final List<String> OPTIONS = List.of("-proc:none", "-parameters", "-XDshould-stop.at=FLOW");

    private final JavacTask task;
    private final Trees trees;
    private final CompilationUnitTree unit;
    private final int position;
    private final Set<String> packages;

    private Analysis(CellSource source, JavacTask task) {
        this.task = task;
        trees = Trees.instance(task);
        position = source.position();
        packages = source.packages();
        try {
            unit = task.parse().iterator().next();
            task.analyze();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code work} makes of an analysis, which it alone may use. */
    static <T> T of(CellSource source, KeptCompiler compiler, Function<Analysis, T> work) {
        return compiler.with(file(source.text()), OPTIONS, task -> work.apply(new Analysis(source, task)));
    }

    /** Whether the code of a cell breaks the grammar; what its names mean does not matter. */
    static boolean isMalformed(String code) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaFileObject file = file(CellSource.of(new Header(List.of(), Set.of()), code + "\n;", 0).text());
        try {
            ((JavacTask) KeptCompiler.COMPILER.getTask(Writer.nullWriter(), null, problems, OPTIONS, null, List.of(file))).parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A cell may end with an expression.
        return problems.getDiagnostics().stream()
                .anyMatch(each -> each.getKind() == Diagnostic.Kind.ERROR && !each.getCode().equals("compiler.err.not.stmt"));
    }

    /** A source file of which only the text matters. */
    static JavaFileObject file(String text) {
        URI name = URI.create("string:///" + CellSource.PACKAGE + "/" + CellSource.CLASS + ".java");
        return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    Elements elements() {
        return task.getElements();
    }

    Types types() {
        return task.getTypes();
    }

    Element element(TreePath path) {
        return trees.getElement(path);
    }

    TypeMirror type(TreePath path) {
        return trees.getTypeMirror(path);
    }

    /** The type of an expression that has another one than is wanted. */
    TypeMirror typeBeforeError(TreePath path) {
        TypeMirror type = type(path);
        TypeMirror original = type instanceof ErrorType wrong ? trees.getOriginalType(wrong) : type;
        return original == null || original.getKind() == TypeKind.NONE ? type : original;
    }

    Scope scope(TreePath path) {
        return trees.getScope(path);
    }

    Trees trees() {
        return trees;
    }

    Stream<? extends ImportTree> imports() {
        return unit.getImports().stream();
    }

    /** The packages whose classes need no qualifier. */
    Set<String> packagesOnDemand() {
        return Stream.concat(packages.stream(), imports().filter(each -> !each.isStatic() && isOnDemand(each)).map(Analysis::owner))
                .collect(Collectors.toSet());
    }

    /** Whether an import ends with a star. */
    static boolean isOnDemand(ImportTree tree) {
        return tree.getQualifiedIdentifier() instanceof MemberSelectTree name && name.getIdentifier().contentEquals("*");
    }

    /** The package or class that an import takes from. */
    static String owner(ImportTree tree) {
        return ((MemberSelectTree) tree.getQualifiedIdentifier()).getExpression().toString();
    }

    /** The name, qualified or not, that ends at the cursor; null if none does. */
    TreePath nameAtCursor() {
        return innermost(tree -> isName(tree) && positions().getEndPosition(unit, tree) == position);
    }

    /** The innermost tree around the cursor of those that are wanted; null if there is none. */
    TreePath around(Predicate<Tree> wanted) {
        return innermost(tree -> wanted.test(tree) && positions().getStartPosition(unit, tree) <= position
                && position <= positions().getEndPosition(unit, tree));
    }

    /** What ends at the cursor and is so long; null if nothing is. */
    TreePath endingAtCursor(int length) {
        return innermost(tree -> positions().getEndPosition(unit, tree) == position
                && positions().getStartPosition(unit, tree) == position - length);
    }

    private SourcePositions positions() {
        return trees.getSourcePositions();
    }

    private static boolean isName(Tree tree) {
        return tree instanceof IdentifierTree || tree instanceof MemberSelectTree || tree instanceof MemberReferenceTree;
    }

    private TreePath innermost(Predicate<Tree> wanted) {
        TreePath[] found = new TreePath[1];
        new TreePathScanner<Void, Void>() {
            @Override
            public Void scan(Tree tree, Void none) {
                if (tree != null && wanted.test(tree)) {
                    found[0] = new TreePath(getCurrentPath(), tree);
                }
                return super.scan(tree, none);
            }

            @Override
            public Void visitErroneous(ErroneousTree tree, Void none) {
                return scan(tree.getErrorTrees(), none);
            }
        }.scan(new TreePath(unit), null);
        return found[0];
    }
}
