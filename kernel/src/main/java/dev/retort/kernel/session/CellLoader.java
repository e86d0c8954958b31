package dev.retort.kernel.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/** Defines the classes that JShell makes of cells, woven, on top of the libraries that cells use. */
final class CellLoader implements LoaderDelegate, AutoCloseable {
    private final LibraryLoader libraries;
    private final CellClasses classes = new CellClasses();
    private final Wrappers wrappers;

    /**
     * @param packages knows what is in libraries
     * @param unloaded is told the names of classes that JShell wrapped around snippets and that are gone
     */
    CellLoader(Packages packages, Consumer<String> unloaded) {
        libraries = new LibraryLoader(packages);
        wrappers = new Wrappers(libraries, unloaded);
    }

    /** The loader that sees everything a cell sees. */
    ClassLoader loader() {
        return wrappers;
    }

    /** What was loaded, for compilers. */
    CellClasses classes() {
        return classes;
    }

    /** Adds what belongs to the distribution. */
    void addOwn(Path jarOrFolder) {
        libraries.add(jarOrFolder);
    }

    /** Adds what a cell asks for. */
    void add(Path jarOrFolder) {
        libraries.addGuarded(jarOrFolder);
    }

    @Override
    public void load(ClassBytecodes[] compiled) throws ClassInstallException {
        for (ClassBytecodes each : compiled) {
            wrappers.add(each);
            classes.add(each);
        }
        boolean[] installed = new boolean[compiled.length];
        for (int i = 0; i < compiled.length; i++) {
            try {
                wrappers.loadClass(compiled[i].name());
                installed[i] = true;
            } catch (ClassNotFoundException | LinkageError e) {
                throw new ClassInstallException(e.toString(), installed);
            }
        }
    }

    /** No cell to come uses the class, nor those in it: it goes when the last that does is gone. */
    void forget(String wrapper) {
        wrappers.forget(wrapper);
        classes.forget(wrapper);
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        return wrappers.loadClass(name);
    }

    @Override
    public void addToClasspath(String path) {
        // Session adds what it is given to the loader itself, before the compiler sees it.
    }

    @Override
    public void classesRedefined(ClassBytecodes[] compiled) {
        throw new UnsupportedOperationException("JShell gives a changed class another name");
    }

    @Override
    public void close() throws IOException {
        libraries.close();
    }
}
