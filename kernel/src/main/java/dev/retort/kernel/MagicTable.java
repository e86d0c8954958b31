package dev.retort.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retort.kernel.Magics.Magic;
import dev.retort.kernel.maven.MavenResolver;
import dev.retort.kernel.maven.MavenResolver.Library;
import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;

/** The kernel's own magics, under the names of the IJava line. */
final class MagicTable {
    private static final List<String> SOURCES = List.of("", ".jsh", ".jshell", ".java", ".ipynb");

    private final Kernel kernel;
    private MavenResolver maven;
    private Libraries libraries;

    MagicTable(Kernel kernel) {
        this.kernel = kernel;
    }

    List<Magic> magics() {
        return List.of(
                new Magic("%maven group:artifact:version … [--exclude group:artifact] [--repo url]",
                        List.of("addMavenDependencies", "addMavenDependency"),
                        "adds libraries and all that they need, from Maven Central", this::maven),
                new Magic("%mavenRepo id url", List.of("addMavenRepo"),
                        "looks for libraries in another repository, too", this::mavenRepo),
                new Magic("%loadFromPOM file", List.of(), "adds the dependencies of a POM",
                        (arguments, body) -> pom(Files.readString(Path.of(one(arguments, "%loadFromPOM file"))))),
                new Magic("%%loadFromPOM", List.of(), "adds the dependencies of the POM below, or of pasted fragments of one",
                        (arguments, body) -> pom(body)),
                new Magic("%jars file …", List.of(), "adds jars; * and ? match in names", this::classPath),
                new Magic("%classpath [path …]", List.of(), "adds jars and folders of classes; alone, shows what cells see",
                        this::classPath),
                new Magic("%load file", List.of(), "runs the code of a .jsh, .java or .ipynb file as if it stood here", this::load),
                new Magic("%clear [wait]", List.of(), "removes the cell's outputs; with wait, when the next one comes",
                        this::clear),
                new Magic("%help", List.of(), "shows this list", this::help));
    }

    private Object maven(List<String> arguments, String body) throws IOException {
        List<String> coordinates = new ArrayList<>();
        List<String> exclusions = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--exclude" -> exclusions.add(value(arguments, ++i));
                case "--repo", "--from" -> addRepository(value(arguments, ++i));
                default -> coordinates.add(arguments.get(i));
            }
        }
        if (coordinates.isEmpty()) {
            throw new IllegalArgumentException("which library? write %maven group:artifact:version");
        }
        add(resolver().resolve(coordinates, exclusions));
        return null;
    }

    private Object mavenRepo(List<String> arguments, String body) throws IOException {
        if (arguments.size() != 2) {
            throw new IllegalArgumentException("write %mavenRepo id url");
        }
        resolver().addRepository(arguments.get(0), arguments.get(1));
        return null;
    }

    private void addRepository(String url) throws IOException {
        resolver().addRepository(url.replaceAll("[^A-Za-z0-9.]+", "-"), url);
    }

    private Object pom(String text) throws IOException {
        add(resolver().resolvePom(text));
        return null;
    }

    private void add(List<Library> resolved) {
        if (libraries == null) {
            libraries = new Libraries(kernel.classPath());
        }
        List<Library> added = resolved.stream().filter(libraries::add).toList();
        kernel.addToClassPath(added.stream().map(Library::jar).toList());
        added.forEach(each -> System.out.println("added " + each.name() + " " + each.version()));
    }

    /** Made when first used: it is a large library. */
    private MavenResolver resolver() throws IOException {
        if (maven == null) {
            maven = new MavenResolver(System.out::println);
        }
        return maven;
    }

    private Object classPath(List<String> arguments, String body) {
        if (arguments.isEmpty()) {
            kernel.classPath().forEach(System.out::println);
        }
        List<Path> found = new ArrayList<>();
        for (String argument : arguments) {
            List<Path> matching = matching(argument);
            if (matching.isEmpty()) {
                throw new IllegalArgumentException("no file matches '" + argument + "' in " + Path.of("").toAbsolutePath());
            }
            found.addAll(matching);
        }
        kernel.addToClassPath(found);
        return null;
    }

    private static List<Path> matching(String paths) {
        try {
            return PathsHandler.splitAndResolveGlobs(paths).stream().filter(Files::exists).toList();
        } catch (RuntimeException e) {
            return List.of(); // A folder in the pattern does not exist.
        }
    }

    private Object load(List<String> arguments, String body) throws IOException, CellException {
        String name = one(arguments, "%load file");
        Path file = SOURCES.stream().map(extension -> Path.of(name + extension)).filter(Files::isRegularFile).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no file '" + name + "' in " + Path.of("").toAbsolutePath()
                        + ", nor with one of " + SOURCES.subList(1, SOURCES.size())));
        if (!file.toString().endsWith(".ipynb")) {
            return kernel.evaluate(new Cell(file.getFileName().toString(), Files.readString(file)));
        }
        JsonNode cells = new ObjectMapper().readTree(file.toFile()).path("cells");
        int number = 0;
        for (JsonNode cell : cells) {
            number++;
            if (cell.path("cell_type").asText().equals("code")) {
                kernel.evaluate(new Cell(file.getFileName() + ", cell " + number, source(cell.path("source"))));
            }
        }
        return null;
    }

    private static String source(JsonNode lines) {
        return lines.isArray()
                ? String.join("", StreamSupport.stream(lines.spliterator(), false).map(JsonNode::asText).toList())
                : lines.asText();
    }

    private Object clear(List<String> arguments, String body) {
        kernel.emit(outputs -> outputs.clear(arguments.contains("wait")));
        return null;
    }

    private Object help(List<String> arguments, String body) {
        for (Magic magic : magics()) {
            String aliases = magic.aliases().isEmpty() ? "" : "; also %" + String.join(", %", magic.aliases());
            System.out.println(magic.usage() + "\n    " + magic.help() + aliases);
        }
        return null;
    }

    private static String one(List<String> arguments, String usage) {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException("write " + usage);
        }
        return arguments.get(0);
    }

    private static String value(List<String> arguments, int at) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException("nothing follows " + arguments.get(at - 1));
        }
        return arguments.get(at);
    }
}
