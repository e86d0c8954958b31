package dev.retort.kernel.session;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;

/** The class files that JShell made of cells, as other compilers than its own find them. */
final class CellClasses {
    private static final String PACKAGE = "REPL";

    private final ConcurrentNavigableMap<String, JavaFileObject> files = new ConcurrentSkipListMap<>();

    void add(ClassBytecodes each) {
        files.put(each.name(), new ClassFile(each));
    }

    /** Forgets a class and those in it. */
    void forget(String name) {
        files.remove(name);
        files.subMap(name + "$", name + "$" + Character.MAX_VALUE).clear();
    }

    /** These classes and those that {@code libraries} finds. */
    JavaFileManager on(JavaFileManager libraries) {
        return new ForwardingJavaFileManager<>(libraries) {
            @Override
            public Iterable<JavaFileObject> list(Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
                    throws IOException {
                return location == StandardLocation.CLASS_PATH && packageName.equals(PACKAGE)
                        ? List.copyOf(files.values()) : super.list(location, packageName, kinds, recurse);
            }

            @Override
            public String inferBinaryName(Location location, JavaFileObject file) {
                return file instanceof ClassFile ? file.getName() : super.inferBinaryName(location, file);
            }
        };
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final ClassBytecodes compiled;

        ClassFile(ClassBytecodes compiled) {
            super(URI.create("cell:///" + compiled.name().replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
            this.compiled = compiled;
        }

        @Override
        public String getName() {
            return compiled.name();
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(compiled.bytecodes());
        }
    }
}
