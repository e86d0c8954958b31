package dev.retort.kernel.session;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * The files that the compiler of cells sees. It does two things that JShell's own does not: the class path is the cells',
 * where JShell starts with that of the process, and what a package contains is looked up once, not for every snippet.
 */
final class CompilerFiles extends ForwardingJavaFileManager<StandardJavaFileManager> implements StandardJavaFileManager {
    private record Listing(Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) {
    }

    private final Supplier<List<Path>> classPath;
    private final Map<Listing, List<JavaFileObject>> listings = new HashMap<>();

    /** @param classPath read anew whenever JShell says that it changed */
    CompilerFiles(StandardJavaFileManager files, Supplier<List<Path>> classPath) {
        super(files);
        this.classPath = classPath;
        refresh();
    }

    private void refresh() {
        listings.clear();
        try {
            fileManager.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean handleOption(String option, Iterator<String> arguments) {
        if (option.equals("-classpath")) {
            arguments.next();
            refresh();
            return true;
        }
        return super.handleOption(option, arguments);
    }

    @Override
    public synchronized Iterable<JavaFileObject> list(Location location, String packageName, Set<JavaFileObject.Kind> kinds,
            boolean recurse) throws IOException {
        Listing key = new Listing(location, packageName, kinds, recurse);
        List<JavaFileObject> known = listings.get(key);
        if (known == null) {
            known = new ArrayList<>();
            super.list(location, packageName, kinds, recurse).forEach(known::add);
            listings.put(key, known);
        }
        return known;
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
    public void setLocation(Location location, Iterable<? extends File> files) throws IOException {
        fileManager.setLocation(location, files);
    }

    @Override
    public void setLocationFromPaths(Location location, Collection<? extends Path> paths) throws IOException {
        fileManager.setLocationFromPaths(location, paths);
    }

    @Override
    public Iterable<? extends File> getLocation(Location location) {
        return fileManager.getLocation(location);
    }

    @Override
    public Iterable<? extends Path> getLocationAsPaths(Location location) {
        return fileManager.getLocationAsPaths(location);
    }
}
