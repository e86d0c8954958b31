package dev.retort.kernel.assist;

import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileManager;

/** What the code of a cell sees around it. */
public interface Surroundings {
    /**
     * One import declaration.
     *
     * @param name the simple name that it brings; {@code *} for all that a package or class has
     * @param text the declaration, with its semicolon
     */
    record Import(String name, String text) {
    }

    /** The imports in effect, also of the classes that hold what earlier cells declared. */
    List<Import> imports();

    /** Where the compiler finds the classes of libraries and of earlier cells. One thread at a time uses it. */
    JavaFileManager files();

    /** The source of a class that holds what an earlier cell declared; null if there is no such class. */
    String source(String className);

    /** The jars and folders of the libraries. */
    List<Path> classPath();
}
