package dev.retort.kernel.assist;

import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileManager;

/** What the code of a cell sees around it. */
public interface Surroundings {
    /**
     * One import.
     *
     * @param target what stands between {@code import} and the semicolon
     */
    record Import(String target) {
        private static final String STATIC = "static ";

        boolean isStatic() {
            return target.startsWith(STATIC);
        }

        /** Whether it brings all that a package or class has. */
        boolean isOnDemand() {
            return target.endsWith(".*");
        }

        /** The simple name that it brings. */
        String name() {
            return target.substring(target.lastIndexOf('.') + 1);
        }

        /** The package or class that it takes from. */
        String owner() {
            return target.substring(isStatic() ? STATIC.length() : 0, target.lastIndexOf('.'));
        }
    }

    /** The imports in effect, also of the classes that hold what earlier cells declared. */
    List<Import> imports();

    /** Where the compiler finds the classes of libraries and of earlier cells. One thread at a time uses it. */
    JavaFileManager files();

    /** Another number whenever what the files hold has changed. */
    int revision();

    /** The source of a class that holds what an earlier cell declared; null if there is no such class. */
    String source(String className);

    /** The present value of a variable in such a class, on a line of its own; null if there is none, or it takes long to tell. */
    String value(String className, String variable);

    /** The jars and folders of the libraries. */
    List<Path> classPath();
}
