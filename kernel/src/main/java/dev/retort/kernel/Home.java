package dev.retort.kernel;

import dev.retort.kernel.session.Packages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/**
 * The distribution on disk: {@code lib} holds the kernel and what it alone uses, {@code cells} what the cells of a notebook see.
 *
 * @param folder where both are
 */
public record Home(Path folder) {
    /** The system property that names the folder. */
    public static final String PROPERTY = "retort.home";
    /** The system property that names the folder of what makes starts quick, which the launcher prepares for each JDK. */
    public static final String START = "retort.start";
    private static final Comparator<Path> OWN_FIRST = Comparator.<Path, Boolean>comparing(
            jar -> !jar.getFileName().toString().startsWith("retort-")).thenComparing(Comparator.naturalOrder());

    /**
     * Finds the distribution: where the system property {@value #PROPERTY} says, else around the jar that this class is in.
     *
     * @throws IllegalStateException if there is none
     */
    public static Home find() {
        String property = System.getProperty(PROPERTY);
        Path folder = property != null ? Path.of(property) : aroundThisJar();
        if (!Files.isDirectory(folder.resolve("cells"))) {
            throw new IllegalStateException("no distribution at " + folder.toAbsolutePath() + ": it has no folder 'cells'; "
                    + "build it with ./mvnw package, or name it with -D" + PROPERTY + "=FOLDER");
        }
        return new Home(folder.toAbsolutePath().normalize());
    }

    /** The jars that every cell sees, by their names but the language's own first: to find its classes opens no other. */
    public List<Path> cells() {
        try (Stream<Path> files = Files.list(folder.resolve("cells"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted(OWN_FIRST).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the distribution in " + folder, e);
        }
    }

    /** What is known of the jars' packages from earlier starts. */
    Packages packages() {
        return new Packages(packagesFile());
    }

    /** Lets the next starts know the jars' packages. */
    public void savePackages() throws IOException {
        List<Path> jars = new ArrayList<>(cells());
        jars.add(contracts());
        Packages.save(jars, packagesFile());
    }

    /** The jar of the contracts that cells share with the kernel. */
    Path contracts() {
        return locationOf(BaseKernel.class);
    }

    private Path packagesFile() {
        return Path.of(System.getProperty(START, folder.toString())).resolve("packages");
    }

    private static Path aroundThisJar() {
        return locationOf(Home.class).toAbsolutePath().getParent().getParent();
    }

    /** The jar or folder that a class was loaded from. */
    static Path locationOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the location of " + type.getName() + " is not a path", e);
        }
    }
}
