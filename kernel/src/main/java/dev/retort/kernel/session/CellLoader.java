package dev.retort.kernel.session;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/** Defines the classes that JShell makes of cells, woven, on top of the libraries that cells use. */
final class CellLoader implements LoaderDelegate, AutoCloseable {
    private final Libraries libraries = new Libraries();
    private final Snippets snippets = new Snippets(libraries);
    private final CellClasses classes = new CellClasses();

    /** The loader that sees everything a cell sees. */
    ClassLoader loader() {
        return snippets;
    }

    /** What was loaded, for compilers. */
    CellClasses classes() {
        return classes;
    }

    void add(Path jarOrFolder) {
        try {
            libraries.addURL(jarOrFolder.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a path that classes can be loaded from: " + jarOrFolder, e);
        }
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        for (ClassBytecodes each : classes) {
            snippets.pending.put(each.name(), each.bytecodes());
            this.classes.add(each);
        }
        boolean[] installed = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            try {
                snippets.loadClass(classes[i].name());
                installed[i] = true;
            } catch (ClassNotFoundException | LinkageError e) {
                throw new ClassInstallException(e.toString(), installed);
            }
        }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        return snippets.loadClass(name);
    }

    @Override
    public void addToClasspath(String path) {
        // Session adds what it is given to the loader itself, before the compiler sees it.
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
        throw new UnsupportedOperationException("JShell gives a changed class another name");
    }

    @Override
    public void close() throws java.io.IOException {
        libraries.close();
    }

    private static final class Libraries extends URLClassLoader {
        Libraries() {
            super("libraries", new URL[0], new SharedLoader());
        }

        @Override
        public void addURL(URL url) {
            super.addURL(url);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try {
                return super.findClass(name);
            } catch (ClassNotFoundException e) {
                return SharedLoader.findLast(name);
            }
        }
    }

    private static final class Snippets extends ClassLoader {
        private final Map<String, byte[]> pending = new ConcurrentHashMap<>();

        Snippets(ClassLoader libraries) {
            super("cells", libraries);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytecode = pending.remove(name);
            if (bytecode == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] woven = Weaver.weave(bytecode);
            return defineClass(name, woven, 0, woven.length);
        }
    }
}
