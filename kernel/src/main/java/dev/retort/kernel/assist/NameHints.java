package dev.retort.kernel.assist;

import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;

/** Which declaration was meant by a name that has none: one line, or null where that is not sure. */
final class NameHints {
    /** What tells how long something is goes by several names. */
    private static final Set<String> LENGTHS = Set.of("length", "size", "count", "len");
    private static final int MOST_IMPORTS = 3;

    private final Slip slip;
    private final Analysis analysis;
    private final TypeIndex index;

    /** @param analysis with the cursor at the end of the slip */
    NameHints(Slip slip, Analysis analysis, TypeIndex index) {
        this.slip = slip;
        this.analysis = analysis;
        this.index = index;
    }

    String hint() {
        return switch (slip.kind()) {
            case "cant.resolve.location", "cant.resolve.location.args", "cant.resolve", "cant.resolve.args", "invalid.mref" ->
                    ofName(analysis.nameAtCursor());
            case "doesnt.exist" -> ofPackage();
            case "ref.ambiguous" -> ofSeveral();
            default -> null;
        };
    }

    private String ofName(TreePath path) {
        if (path == null) {
            return null;
        }
        Visible visible = new Visible(analysis, path, name -> true);
        if (path.getLeaf() instanceof MemberSelectTree select) {
            return ofMember(visible, new TreePath(path, select.getExpression()));
        }
        if (path.getLeaf() instanceof MemberReferenceTree reference) {
            return ofMember(visible, new TreePath(path, reference.getQualifierExpression()));
        }
        Set<Element> scope = visible.inScope();
        boolean called = slip.after().startsWith("(");
        if (called && isType(scope)) {
            return "to make one: new " + slip.name() + "(…)";
        }
        String toImport = called && !slip.wordBefore().equals("new") ? null : imports(notImported());
        if (toImport != null) {
            return toImport;
        }
        Stream<String> declared = scope.stream().filter(each -> !called || isCallable(each)).map(NameHints::text);
        String meant = meant(Stream.of(declared, importedTypes(), Completer.KEYWORDS.stream()).flatMap(each -> each));
        return meant == null ? ofAssignment() : meant;
    }

    private String ofAssignment() {
        String statement = slip.code().strip();
        boolean first = statement.startsWith(slip.name()) && slip.after().startsWith("=") && !slip.after().startsWith("==");
        return first ? "the first time, declare it: var " + statement.lines().findFirst().orElseThrow() : null;
    }

    private boolean isType(Set<Element> scope) {
        return scope.stream().anyMatch(each -> each instanceof TypeElement && each.getSimpleName().contentEquals(slip.name()))
                || importedTypes().anyMatch(slip.name()::equals);
    }

    private boolean isCallable(Element element) {
        return element instanceof ExecutableElement || slip.wordBefore().equals("new") && element instanceof TypeElement;
    }

    private String ofMember(Visible visible, TreePath receiver) {
        boolean length = LENGTHS.contains(slip.name());
        if (length && analysis.type(receiver).getKind() == TypeKind.ARRAY) {
            return didYouMean("length");
        }
        List<Element> members = visible.membersOf(receiver);
        return length ? members.stream().filter(each -> LENGTHS.contains(text(each))).findFirst()
                .map(each -> didYouMean(text(each) + (each instanceof ExecutableElement ? "()" : ""))).orElse(null)
                : meant(members.stream().map(NameHints::text));
    }

    /** The package does not exist, or is no package but a variable or class that does not. */
    private String ofPackage() {
        String toImport = imports(notImported());
        if (toImport != null) {
            return toImport;
        }
        String qualified = slip.text().isEmpty() ? slip.code().replaceFirst("^import\\s+(?:static\\s+)?", "").replaceFirst("[.*;\\s]+$", "")
                : slip.text();
        if (slip.code().startsWith("import")) {
            return Spelling.closest(qualified, index.packages()).map(NameHints::didYouMean).orElse(null);
        }
        String first = qualified.split("\\.")[0];
        return Spelling.closest(first, importedTypes()).map(NameHints::didYouMean).orElse(null);
    }

    private List<String> notImported() {
        Set<String> packages = analysis.packagesOnDemand();
        return index.named(slip.name()).stream().filter(each -> !packages.contains(TypeIndex.packageOf(each))).toList();
    }

    private String ofSeveral() {
        Set<String> packages = analysis.packagesOnDemand();
        return imports(index.named(slip.name()).stream().filter(each -> packages.contains(TypeIndex.packageOf(each))).toList());
    }

    private Stream<String> importedTypes() {
        Set<String> packages = analysis.packagesOnDemand();
        return index.all().filter(each -> packages.contains(TypeIndex.packageOf(each)))
                .map(each -> each.substring(each.lastIndexOf('.') + 1));
    }

    private static String imports(List<String> types) {
        return types.isEmpty() ? null
                : types.stream().limit(MOST_IMPORTS).map(each -> "import " + each + ";").collect(Collectors.joining(" or "));
    }

    private String meant(Stream<String> names) {
        return Spelling.closest(slip.name(), names).map(NameHints::didYouMean).orElse(null);
    }

    private static String didYouMean(String name) {
        return "did you mean " + name + "?";
    }

    private static String text(Element element) {
        return element.getSimpleName().toString();
    }
}
