package dev.retort.kernel.session;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * The files that the compiler of cells sees. It does what JShell's own does not: the class path is the cells', where JShell
 * starts with that of the process; a jar is opened when one of its packages is first used, not with the first import; and what
 * a package contains is looked up once, not for every snippet.
 */
final class CompilerFiles extends ForwardingJavaFileManager<StandardJavaFileManager> implements StandardJavaFileManager {
    private record Listing(String location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) {
    }

    /** How the locations of the JDK's modules are called. */
    private static final String JDK = "SYSTEM_MODULES[";
    /** What is in the packages of the JDK, which never changes: what one compiler has listed, the others need not. */
    private static final Map<Listing, List<JavaFileObject>> OF_JDK = new ConcurrentHashMap<>();

    private final Supplier<List<Path>> paths;
    private Map<Path, CompilerPath> classPath = Map.of();
    private final Map<Listing, List<JavaFileObject>> listings = new HashMap<>();
    private final Packages packages;

    /**
     * @param files finds what is not on the class path: the JDK
     * @param paths jars and folders; read anew whenever JShell says that they have become more
     */
    CompilerFiles(StandardJavaFileManager files, Supplier<List<Path>> paths, Packages packages) {
        super(files);
        this.paths = paths;
        this.packages = packages;
        try {
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of()); // Else it would look into the jars of this process.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        refresh();
    }

    private synchronized void refresh() {
        Map<Path, CompilerPath> known = classPath;
        classPath = new LinkedHashMap<>();
        paths.get().forEach(path -> classPath.put(path, known.getOrDefault(path, new CompilerPath(path, packages))));
        listings.clear();
    }

    @Override
    public boolean handleOption(String option, Iterator<String> arguments) {
        if (option.equals("-classpath")) {
            arguments.next(); // That of this process.
            refresh();
            return true;
        }
        return super.handleOption(option, arguments);
    }

    @Override
    public boolean hasLocation(Location location) {
        return location == StandardLocation.CLASS_PATH || super.hasLocation(location);
    }

    /** No library plugs into the compiler; looking for one would open every jar. */
    @Override
    public ClassLoader getClassLoader(Location location) {
        return location == StandardLocation.CLASS_PATH ? ClassLoader.getPlatformClassLoader() : super.getClassLoader(location);
    }

    @Override
    public synchronized Iterable<JavaFileObject> list(Location location, String packageName, Set<JavaFileObject.Kind> kinds,
            boolean recurse) throws IOException {
        Listing key = new Listing(location.getName(), packageName, kinds, recurse);
        Map<Listing, List<JavaFileObject>> listed = key.location.startsWith(JDK) ? OF_JDK : listings;
        List<JavaFileObject> known = listed.get(key);
        if (known == null) {
            known = new ArrayList<>();
            if (location != StandardLocation.CLASS_PATH) {
                super.list(location, packageName, kinds, recurse).forEach(known::add);
            } else {
                for (CompilerPath each : classPath.values()) {
                    each.list(packageName, kinds, recurse).forEach(known::add);
                }
            }
            listed.put(key, known);
        }
        return known;
    }

    /** Each file knows its package; to ask about a module's location, as the JDK does, compiles a regular expression for each. */
    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return super.inferBinaryName(StandardLocation.CLASS_PATH, file);
    }

    /** Only JShell's own completion, which is not used, asks for these: it would list all classes that there are. */
    @Override
    public Iterable<? extends Path> getLocationAsPaths(Location location) {
        boolean all = location == StandardLocation.CLASS_PATH || location == StandardLocation.PLATFORM_CLASS_PATH;
        return all ? List.of() : fileManager.getLocationAsPaths(location);
    }

    @Override
    public Iterable<? extends File> getLocation(Location location) {
        return fileManager.getLocation(location);
    }

    @Override
    public void setLocation(Location location, Iterable<? extends File> files) throws IOException {
        fileManager.setLocation(location, files);
    }

    @Override
    public void setLocationFromPaths(Location location, Collection<? extends Path> paths) throws IOException {
        fileManager.setLocationFromPaths(location, paths);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(Iterable<? extends File> files) {
        return fileManager.getJavaFileObjectsFromFiles(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
        return fileManager.getJavaFileObjects(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
        return fileManager.getJavaFileObjectsFromStrings(names);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
        return fileManager.getJavaFileObjects(names);
    }

    @Override
    public synchronized void close() throws IOException {
        for (CompilerPath each : classPath.values()) {
            each.close();
        }
        super.close();
    }
}
