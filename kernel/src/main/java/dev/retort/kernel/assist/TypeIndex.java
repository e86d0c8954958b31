package dev.retort.kernel.assist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The names of all classes that a cell could import: those that the JDK exports, and those of the libraries. */
final class TypeIndex {
    private static final String CLASS = ".class";

    private final NavigableMap<String, List<String>> bySimpleName = new TreeMap<>();
    private final Set<String> packages = new TreeSet<>();

    /** @param classPath jars and folders of classes; what is neither is left out */
    TypeIndex(List<Path> classPath) {
        Jdk.FILES.forEach(this::add);
        classPath.forEach(path -> files(path).forEach(this::add));
    }

    private void add(String file) {
        int slash = file.lastIndexOf('/');
        String packageName = file.substring(0, Math.max(0, slash)).replace('/', '.');
        String name = file.substring(slash + 1, file.length() - CLASS.length());
        if (!packageName.isEmpty() && packages.add(packageName)) {
            for (int dot = packageName.lastIndexOf('.'); dot > 0; dot = packageName.lastIndexOf('.', dot - 1)) {
                packages.add(packageName.substring(0, dot));
            }
        }
        bySimpleName.computeIfAbsent(name, key -> new ArrayList<>(1)).add(packageName.isEmpty() ? name : packageName + "." + name);
    }

    /** The qualified names of the classes with a simple name that starts so. */
    List<String> startingWith(String prefix) {
        return bySimpleName.subMap(prefix, prefix + Character.MAX_VALUE).values().stream().flatMap(Collection::stream).toList();
    }

    /** The qualified names of the classes with this simple name. */
    List<String> named(String simpleName) {
        return bySimpleName.getOrDefault(simpleName, List.of());
    }

    /** The qualified names of all classes. */
    Stream<String> all() {
        return bySimpleName.values().stream().flatMap(Collection::stream);
    }

    boolean hasPackage(String name) {
        return packages.contains(name);
    }

    /** The names of all packages. */
    Stream<String> packages() {
        return packages.stream();
    }

    /** The package of a class; empty if it is in none. */
    static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }

    /** The simple names of the packages in a package; in none, the first words of all. */
    Set<String> packagesIn(String parent) {
        String start = parent.isEmpty() ? "" : parent + ".";
        return packages.stream()
                .filter(each -> each.startsWith(start))
                .map(each -> each.substring(start.length()).split("\\.")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> files(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    return files.map(each -> path.relativize(each).toString().replace('\\', '/')).filter(TypeIndex::isTopLevel).toList();
                }
            }
            try (ZipFile jar = new ZipFile(path.toFile())) {
                return jar.stream().map(entry -> entry.getName()).filter(TypeIndex::isTopLevel).toList();
            }
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // The compiler sees nothing in it either.
        }
    }

    private static boolean isTopLevel(String file) {
        return file.endsWith(CLASS) && file.indexOf('$') < 0 && file.indexOf('-') < 0; // As in module-info, META-INF.
    }

    /** Read once, when first needed. */
    private static final class Jdk {
        /** Those of {@code java.base} come first. */
        static final List<String> FILES = ModuleFinder.ofSystem().findAll().stream()
                .sorted(Comparator.comparing(module -> module.descriptor().name())).flatMap(Jdk::exported).toList();

        private static Stream<String> exported(ModuleReference module) {
            Set<String> packages = module.descriptor().exports().stream().filter(each -> !each.isQualified())
                    .map(Exports::source).collect(Collectors.toSet());
            if (packages.isEmpty()) {
                return Stream.empty();
            }
            try (ModuleReader reader = module.open(); Stream<String> files = reader.list()) {
                return files.filter(TypeIndex::isTopLevel)
                        .filter(file -> packages.contains(file.substring(0, Math.max(0, file.lastIndexOf('/'))).replace('/', '.')))
                        .toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
