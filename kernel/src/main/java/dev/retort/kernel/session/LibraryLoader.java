package dev.retort.kernel.session;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.Manifest;

/**
 * The libraries that cells use. Those that cells add are {@linkplain ExitGuard guarded}; for the distribution's own, looking into
 * each class would cost the start more than it is worth.
 */
final class LibraryLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final List<Path> paths = new CopyOnWriteArrayList<>();
    private final Set<String> guarded = ConcurrentHashMap.newKeySet();
    private final Packages packages;

    LibraryLoader(Packages packages) {
        super("libraries", new URL[0], new SharedLoader());
        this.packages = packages;
    }

    /** Adds a jar or folder. */
    void add(Path jarOrFolder) {
        paths.add(jarOrFolder);
        addURL(url(jarOrFolder));
    }

    /** Adds a jar or folder whose classes shall not end the process. */
    void addGuarded(Path jarOrFolder) {
        guarded.add(url(jarOrFolder).toExternalForm());
        add(jarOrFolder);
    }

    /** Who offers a service is found without opening each jar: at the start, that of the kernel's extensions is looked for. */
    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        if (!name.startsWith(Packages.SERVICES)) {
            return super.findResources(name);
        }
        List<URL> found = new ArrayList<>();
        for (Path each : paths) {
            if (Files.isDirectory(each) ? Files.exists(each.resolve(name)) : Files.exists(each) && packages.of(each).contains(name)) {
                found.add(Files.isDirectory(each) ? url(each.resolve(name)) : new URL("jar:" + url(each) + "!/" + name));
            }
        }
        return Collections.enumeration(found);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            Class<?> changed = guarded.isEmpty() ? null : findGuarded(name);
            return changed == null ? super.findClass(name) : changed;
        } catch (ClassNotFoundException e) {
            return SharedLoader.findLast(name);
        }
    }

    /** A class of a guarded library in which something had to be changed; null for any other. */
    private Class<?> findGuarded(String name) {
        String file = name.replace('.', '/') + ".class";
        URL found = findResource(file);
        if (found == null || !guarded.contains(library(found, file))) {
            return null;
        }
        try {
            URLConnection connection = found.openConnection();
            byte[] classFile;
            try (InputStream in = connection.getInputStream()) {
                classFile = in.readAllBytes();
            }
            byte[] changed = ExitGuard.guard(classFile);
            return changed == null ? null : define(name, changed, connection);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            return null; // The JVM shall say what is wrong with it.
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a path that classes can be loaded from: " + path, e);
        }
    }

    private static String library(URL found, String file) {
        String text = found.toExternalForm();
        return text.startsWith("jar:") ? text.substring("jar:".length(), text.lastIndexOf("!/"))
                : text.substring(0, Math.max(0, text.length() - file.length()));
    }

    /** As the loader defines what is not changed: with its origin, its signers and what the manifest says of its package. */
    private Class<?> define(String name, byte[] classFile, URLConnection connection) throws IOException {
        URL origin = null;
        CodeSigner[] signers = null;
        Manifest manifest = new Manifest();
        if (connection instanceof JarURLConnection jar) {
            origin = jar.getJarFileURL();
            signers = jar.getJarEntry().getCodeSigners();
            manifest = jar.getManifest() == null ? manifest : jar.getManifest();
        }
        String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (getDefinedPackage(packageName) == null) {
            try {
                definePackage(packageName, manifest, origin);
            } catch (IllegalArgumentException definedMeanwhile) {
                // By another thread, in the same way.
            }
        }
        return defineClass(name, classFile, 0, classFile.length, new CodeSource(origin, signers));
    }
}
