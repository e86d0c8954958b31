package dev.retort.kernel.assist;

import dev.retort.kernel.assist.Surroundings.Import;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The imports above the code of a cell: of all that are in effect those that it can need, for each has the compiler read classes.
 *
 * @param imports  of classes and their members; of whole packages only the classes that the code names
 * @param packages whose classes need no qualifier
 */
record Header(List<Import> imports, Set<String> packages) {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{javaJavaIdentifierPart}]+");

    /**
     * @param index   null if it is not there yet: then packages are imported whole
     * @param matters which of the names that earlier cells declared
     */
    static Header of(List<Import> all, String code, TypeIndex index, Predicate<String> matters) {
        Set<String> packages = all.stream().filter(each -> each.isOnDemand() && !each.isStatic()).map(Import::owner)
                .collect(Collectors.toSet());
        packages.add("java.lang");
        Predicate<Import> whole = each -> each.isOnDemand() && !each.isStatic() && index != null && index.hasPackage(each.owner());
        List<Import> kept = all.stream().filter(whole.negate()).filter(each -> each.isOnDemand() || matters.test(each.name())).toList();
        if (index == null) {
            return new Header(kept, packages);
        }
        Set<String> named = kept.stream().map(Import::name).collect(Collectors.toCollection(HashSet::new));
        Stream<Import> types = NO_WORD.splitAsStream(code).filter(named::add)
                .flatMap(word -> index.named(word).stream().filter(each -> packages.contains(TypeIndex.packageOf(each))).limit(1))
                .map(Import::new);
        return new Header(Stream.concat(kept.stream(), types).toList(), packages);
    }

    String text() {
        return imports.stream().map(each -> "import " + each.target() + ";\n").collect(Collectors.joining());
    }
}
