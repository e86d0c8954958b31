package dev.retort.kernel.session;

import com.google.gson.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What cells see of the process that they run in: the JDK, the display and extension contracts that they share with the
 * kernel, and the stop check woven into them. The kernel's own libraries stay out of sight, so that a cell may use other
 * versions of them.
 */
final class SharedLoader extends ClassLoader {
    private static final String CONTRACTS = "org.dflib.jjava.jupyter.";
    /** Where the library is that the contract of comms mentions; a cell may bring another version of it, and then use no comms. */
    static final Path JSON_JAR = Path.of(URI.create(JsonObject.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    private static final String JSON = "com.google.gson.";
    private static final ClassLoader KERNEL = SharedLoader.class.getClassLoader();

    SharedLoader() {
        super("shared", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(CONTRACTS) || name.equals(Stop.class.getName())) {
            return KERNEL.loadClass(name);
        }
        if (Jdk.PACKAGES.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))) {
            return ClassLoader.getSystemClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    /** A class that cells see unless they bring their own. */
    static Class<?> findLast(String name) throws ClassNotFoundException {
        if (name.startsWith(JSON)) {
            return KERNEL.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    /** Packages of the JDK's modules that the application's loader defines, such as the compiler's: the platform's lacks them. */
    private static final class Jdk {
        static final Set<String> PACKAGES = ModuleLayer.boot().modules().stream()
                .filter(module -> module.getClassLoader() == ClassLoader.getSystemClassLoader())
                .flatMap(module -> module.getPackages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
