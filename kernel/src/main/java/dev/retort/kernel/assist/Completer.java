package dev.retort.kernel.assist;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.retort.kernel.assist.Completion.Kind;
import dev.retort.kernel.assist.Completion.Match;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** What may stand where the code has an unfinished name: declarations that are visible there, the best first. */
final class Completer {
    /** Stands for the rest of the name at the cursor, so that the compiler meets one where nothing is written yet. */
    static final String REST = "$_";
    static final List<String> KEYWORDS = List.of("abstract", "assert", "boolean", "break", "byte", "case", "catch", "char",
            "class", "continue", "default", "do", "double", "else", "enum", "extends", "false", "final", "finally", "float", "for",
            "if", "implements", "import", "instanceof", "int", "interface", "long", "new", "null", "private", "protected", "public",
            "record", "return", "short", "static", "super", "switch", "synchronized", "this", "throw", "throws", "true", "try",
            "var", "void", "volatile", "while", "yield");
    /** Methods of every object, though many classes have their own. */
    private static final Set<String> OF_OBJECT = Set.of("equals", "hashCode", "toString");
    private static final int MOST = 1000;
    /** Each is a class file to read. */
    private static final int MOST_TYPES = 50;
    private static final int MOST_TO_IMPORT = 20;

    /** How near a declaration is to the code at the cursor. */
    private enum Rank { LOCAL, OF_CELLS, MEMBER, IMPORTED, KEYWORD, PACKAGE, TO_IMPORT, OF_OBJECT }

    private record Candidate(Match match, boolean expected, Rank rank) {
        int obscurity() {
            return rank == Rank.IMPORTED || rank == Rank.TO_IMPORT ? Completer.obscurity(match.text()) : 0;
        }
    }

    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparing(Candidate::expected).reversed()
            .thenComparing(Candidate::rank)
            .thenComparing(Candidate::obscurity)
            .thenComparing(candidate -> candidate.match().text());

    private final Analysis analysis;
    private final Supplier<TypeIndex> index;
    private final TreePath name;
    private final String prefix;
    private final boolean bare;
    private final Signatures signatures;
    private final Expected expected;
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();

    /**
     * @param index  is asked for where it is needed: to make it takes a while
     * @param name   what ends at the cursor
     * @param prefix what is written of it
     * @param called whether parentheses follow it
     */
    Completer(Analysis analysis, Supplier<TypeIndex> index, TreePath name, String prefix, boolean called) {
        this.analysis = analysis;
        this.index = index;
        this.name = name;
        this.prefix = prefix;
        this.bare = called || name.getLeaf() instanceof MemberReferenceTree || isImport(each -> true);
        this.signatures = new Signatures(analysis.types());
        this.expected = new Expected(analysis, name);
    }

    List<Match> matches() {
        Tree tree = name.getLeaf();
        if (tree instanceof MemberSelectTree select) {
            addMembers(new TreePath(name, select.getExpression()), element -> true);
        } else if (tree instanceof MemberReferenceTree reference) {
            addMembers(new TreePath(name, reference.getQualifierExpression()), ExecutableElement.class::isInstance);
        } else if (tree instanceof IdentifierTree) {
            addScope();
        }
        return candidates.values().stream().sorted(BEST_FIRST).limit(MOST).map(Candidate::match).toList();
    }

    /** Names with a dollar sign are the compiler's own. */
    private boolean isWanted(String each) {
        return each.startsWith(prefix) && (each.indexOf('$') < 0 || prefix.indexOf('$') >= 0);
    }

    private void addMembers(TreePath qualifier, Predicate<Element> wanted) {
        TypeMirror site = analysis.type(qualifier);
        boolean importedType = isImport(each -> !each.isStatic());
        Element owner = analysis.element(qualifier);
        for (Element member : new Visible(analysis, name, this::isWanted).membersOf(qualifier)) {
            if (wanted.test(member) && (!importedType || member instanceof TypeElement || member instanceof PackageElement)) {
                add(member, site, rankOf(member));
            }
        }
        if (owner instanceof PackageElement parent) {
            addPackages(parent.getQualifiedName().toString());
        } else if (owner instanceof TypeElement && !isImport(each -> true) && isWanted("class")) {
            addWord("class", "Class<" + owner.getSimpleName() + ">");
        } else if (site != null && site.getKind() == TypeKind.ARRAY) {
            addMatch("length", Kind.FIELD, "int length", expected.accepts(analysis.types().getPrimitiveType(TypeKind.INT)), Rank.MEMBER);
        }
    }

    private boolean isImport(Predicate<ImportTree> kind) {
        for (TreePath each = name; each != null; each = each.getParentPath()) {
            if (each.getLeaf() instanceof ImportTree tree) {
                return kind.test(tree);
            }
        }
        return false;
    }

    private void addScope() {
        boolean any = prefix.isEmpty();
        Predicate<String> wanted = any ? each -> isWanted(each) && !Character.isUpperCase(each.charAt(0)) : this::isWanted;
        if (!isImport(each -> true)) {
            for (Element each : new Visible(analysis, name, wanted).inScope()) {
                if (!expected.isAfterNew() || each instanceof TypeElement) {
                    add(each, null, rankOf(each));
                }
            }
        }
        addConstants();
        if (!any) {
            addPackages("");
            KEYWORDS.stream().filter(this::isWanted).forEach(each -> addWord(each, ""));
            addTypes();
        }
    }

    /** In the label of a case the constants of the enum need no qualifier. */
    private void addConstants() {
        TreePath selector = Expected.selector(name);
        TypeMirror type = selector == null ? null : analysis.type(selector);
        if (type instanceof DeclaredType declared) {
            declared.asElement().getEnclosedElements().stream()
                    .filter(each -> each.getKind() == ElementKind.ENUM_CONSTANT && isWanted(each.getSimpleName().toString()))
                    .forEach(each -> add(each, null, Rank.LOCAL));
        }
    }

    private void addPackages(String parent) {
        for (String each : index.get().packagesIn(parent)) {
            if (isWanted(each)) {
                addMatch(each, Kind.MODULE, "package " + (parent.isEmpty() ? "" : parent + ".") + each, false, Rank.PACKAGE);
            }
        }
    }

    private void addWord(String word, String signature) {
        addMatch(word, Kind.KEYWORD, signature, false, Rank.KEYWORD);
    }

    /** Classes that are not imported are offered by their qualified names, which need no import. */
    private void addTypes() {
        Set<String> packages = analysis.packagesOnDemand();
        Map<Boolean, List<String>> types = index.get().startingWith(prefix).stream()
                .collect(Collectors.partitioningBy(each -> packages.contains(TypeIndex.packageOf(each))));
        publicTypes(types.get(true)).forEach(type -> add(type, null, Rank.IMPORTED));
        if (Character.isUpperCase(prefix.charAt(0)) && prefix.length() > 1) {
            Stream<String> others = types.get(false).stream()
                    .filter(each -> !candidates.containsKey(each.substring(each.lastIndexOf('.') + 1)))
                    .sorted(Comparator.comparing(Completer::obscurity)).limit(MOST_TO_IMPORT);
            publicTypes(others.toList()).forEach(type -> addMatch(type.getQualifiedName().toString(), kindOf(type),
                    signatures.of(type, null), expected.acceptsClass(type.asType()), Rank.TO_IMPORT));
        }
    }

    /** Of the many classes, those with long names are seldom meant, and those outside {@code java} more seldom. */
    private static int obscurity(String type) {
        return type.length() + (type.startsWith("java.") || type.indexOf('.') < 0 ? 0 : 100);
    }

    private List<TypeElement> publicTypes(List<String> names) {
        return names.stream().limit(MOST_TYPES).map(analysis.elements()::getTypeElement)
                .filter(type -> type != null && type.getModifiers().contains(Modifier.PUBLIC)).toList();
    }

    private void add(Element element, TypeMirror site, Rank rank) {
        boolean fits = element instanceof TypeElement type
                ? expected.isAfterNew() && !type.getModifiers().contains(Modifier.ABSTRACT) && expected.acceptsClass(type.asType())
                : expected.accepts(signatures.typeOf(element, site));
        addMatch(text(element), kindOf(element), signatures.of(element, site), fits, rank);
    }

    /** The methods of one name make one match. */
    private void addMatch(String text, Kind kind, String signature, boolean fits, Rank rank) {
        String key = text.endsWith("()") ? text.substring(0, text.length() - 1) : text;
        Candidate known = candidates.get(key);
        if (known == null) {
            candidates.put(key, new Candidate(new Match(text, kind, signature), fits, rank));
        } else if (kind == Kind.FUNCTION && known.match().kind() == kind && !known.match().signature().contains(signature)) {
            String all = known.match().signature() + "\n" + signature;
            candidates.put(key, new Candidate(new Match(key, kind, all), known.expected() || fits, known.rank()));
        }
    }

    private String text(Element element) {
        String text = element.getSimpleName().toString();
        return element instanceof ExecutableElement method && !bare ? text + (method.getParameters().isEmpty() ? "()" : "(") : text;
    }

    private static Rank rankOf(Element element) {
        Element owner = element.getEnclosingElement();
        if (element instanceof TypeElement || element instanceof PackageElement) {
            return Rank.IMPORTED;
        }
        if (!(owner instanceof TypeElement type)) {
            return Rank.LOCAL;
        }
        String name = type.getQualifiedName().toString();
        if (name.equals("java.lang.Object") || OF_OBJECT.contains(element.getSimpleName().toString())) {
            return Rank.OF_OBJECT;
        }
        return name.startsWith(CellSource.PACKAGE + ".") ? Rank.OF_CELLS : Rank.MEMBER;
    }

    private static Kind kindOf(Element element) {
        return switch (element.getKind()) {
            case METHOD, CONSTRUCTOR -> Kind.FUNCTION;
            case PACKAGE, MODULE -> Kind.MODULE;
            case INTERFACE, ANNOTATION_TYPE -> Kind.INTERFACE;
            case ENUM -> Kind.ENUM;
            case FIELD -> rankOf(element) == Rank.OF_CELLS ? Kind.INSTANCE : Kind.FIELD;
            case ENUM_CONSTANT -> Kind.FIELD;
            default -> element instanceof TypeElement ? Kind.CLASS : Kind.INSTANCE;
        };
    }
}
