package dev.retort.kernel.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** A jar or folder on the class path of the cells' compiler, opened when it is first needed. */
final class CompilerPath {
    private final Path path;
    private final Packages packages;
    private StandardJavaFileManager files;

    CompilerPath(Path path, Packages packages) {
        this.path = path;
        this.packages = packages;
    }

    Path path() {
        return path;
    }

    Iterable<JavaFileObject> list(String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        boolean needed = recurse || Files.isDirectory(path) || packages.of(path).contains(packageName);
        return needed ? files().list(StandardLocation.CLASS_PATH, packageName, kinds, recurse) : List.of();
    }

    private StandardJavaFileManager files() throws IOException {
        if (files == null) {
            files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(path));
        }
        return files;
    }

    void close() throws IOException {
        if (files != null) {
            files.close();
        }
    }
}
