package dev.retort.kernel.magic;

import dev.retort.kernel.file.WholeFile;
import dev.retort.kernel.magic.Magic.Operand;
import dev.retort.kernel.maven.Lock;
import dev.retort.kernel.maven.MavenResolver;
import dev.retort.kernel.maven.MavenResolver.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;

/** Magics that show cells more libraries. */
final class LibraryMagics {
    private final Host host;
    private MavenResolver maven;
    private Libraries libraries;
    private UpdatedText progress;

    LibraryMagics(Host host) {
        this.host = host;
    }

    List<Magic> table() {
        String lock = "; --lock remembers versions and checksums in a file, and then takes those";
        String scopes = "; scopes, such as test, say which, if not those that code needs to run";
        return List.of(
                new Magic("%maven group:artifact:version … [--exclude group:artifact] [--repo [id=]url] [--lock file]",
                        List.of("addMavenDependencies", "addMavenDependency"), Operand.LIBRARY,
                        "adds libraries and all that they need, from Maven Central" + lock, this::maven),
                new Magic("%mavenRepo id url", List.of("addMavenRepo"), Operand.NOTHING,
                        "looks for libraries in another repository, too, with the credentials of this id in ~/.m2/settings.xml",
                        this::mavenRepo),
                new Magic("%loadFromPOM file [scope …] [--repo [id=]url] [--lock file]", List.of(), Operand.FILE,
                        "adds the dependencies of a POM" + scopes + lock, this::pomFile),
                new Magic("%%loadFromPOM [scope …] [--repo [id=]url] [--lock file]", List.of(), Operand.FILE,
                        "adds the dependencies of the POM below, or of pasted fragments of one" + scopes + lock,
                        this::pomBelow),
                new Magic("%jars file …", List.of("addJars"), Operand.FILE, "adds jars; * and ? match in names", this::classPath),
                new Magic("%classpath [path …]", List.of("addClasspath"), Operand.FILE,
                        "adds jars and folders of classes; alone, shows what cells see", this::classPath));
    }

    /** What the Maven magics are told besides what to add. */
    private record Options(List<String> operands, List<String> exclusions, List<String> repositories, Path lock) {
        static Options of(Call call) {
            List<String> operands = new ArrayList<>();
            List<String> exclusions = new ArrayList<>();
            List<String> repositories = new ArrayList<>();
            Path lock = null;
            List<String> words = call.words().stream().flatMap(Options::parts).toList();
            for (int i = 0; i < words.size(); i++) {
                switch (words.get(i)) {
                    case "--exclude" -> exclusions.add(value(words, ++i));
                    case "--repo", "--from" -> repositories.add(value(words, ++i));
                    case "--lock" -> lock = Path.of(value(words, ++i));
                    case "-v", "-vv", "-vvv", "-vvvv", "--verbose" -> { } // Makes IJava say more.
                    default -> operands.add(words.get(i));
                }
            }
            return new Options(operands, exclusions, repositories, lock);
        }

        /** As in IJava, {@code --from=url} is {@code --from url}. */
        private static Stream<String> parts(String word) {
            return word.matches("--[a-z]+=.*") ? Stream.of(word.split("=", 2)) : Stream.of(word);
        }

        private static String value(List<String> words, int at) {
            if (at == words.size()) {
                throw new IllegalArgumentException("nothing follows " + words.get(at - 1));
            }
            return words.get(at);
        }
    }

    @FunctionalInterface
    private interface Resolution {
        List<Library> run() throws IOException;
    }

    private Object maven(Call call) throws IOException {
        Options options = Options.of(call);
        if (options.operands.isEmpty()) {
            throw new IllegalArgumentException("which library? write %maven group:artifact:version");
        }
        String request = String.join(" ", options.operands)
                + String.join("", options.exclusions.stream().map(" --exclude "::concat).toList());
        return add(options, request, () -> resolver().resolve(options.operands, options.exclusions));
    }

    private Object pomFile(Call call) throws IOException {
        Options options = Options.of(call);
        if (options.operands.isEmpty()) {
            throw new IllegalArgumentException("write %loadFromPOM file [scope …]");
        }
        List<String> scopes = options.operands.subList(1, options.operands.size());
        return pom(Files.readString(Path.of(options.operands.get(0))), scopes, options);
    }

    private Object pomBelow(Call call) throws IOException {
        Options options = Options.of(call);
        return pom(call.body(), options.operands, options);
    }

    private Object pom(String text, List<String> scopes, Options options) throws IOException {
        String request = "POM of SHA-256 " + Lock.sha256(text) + String.join("", scopes.stream().map(" "::concat).toList());
        return add(options, request, () -> resolver().resolvePom(text, scopes));
    }

    private Object mavenRepo(Call call) throws IOException {
        List<String> words = call.words();
        if (words.size() != 2) {
            throw new IllegalArgumentException("write %mavenRepo id url");
        }
        resolver().addRepository(words.get(0), words.get(1));
        return null;
    }

    private Object add(Options options, String request, Resolution resolution) throws IOException {
        for (String repository : options.repositories) {
            addRepository(repository);
        }
        progress = new UpdatedText(host);
        add(options.lock == null ? resolution.run() : locked(options.lock, request, resolution));
        return null;
    }

    /** @param repository the URL of one, {@code id=url}, or as in IJava the id of one that is known */
    private void addRepository(String repository) throws IOException {
        boolean named = repository.matches("[\\w.-]+=.*");
        String url = named ? repository.substring(repository.indexOf('=') + 1) : repository;
        if (!resolver().knows(repository)) {
            resolver().addRepository(named ? repository.substring(0, repository.indexOf('='))
                    : url.replaceAll("[^A-Za-z0-9.]+", "-"), url);
        }
    }

    private List<Library> locked(Path file, String request, Resolution resolution) throws IOException {
        Lock lock = Lock.read(file);
        if (lock.contains(request)) {
            List<Library> same = resolver().fetch(lock.coordinates(request));
            lock.verify(request, same);
            return same;
        }
        List<Library> resolved = resolution.run();
        lock.put(request, resolved);
        WholeFile.write(file, lock.toString());
        System.out.println("locked " + resolved.size() + " libraries in " + file);
        return resolved;
    }

    private void add(List<Library> resolved) {
        if (libraries == null) {
            libraries = new Libraries(host.session().classPath());
        }
        List<Library> added = resolved.stream().filter(libraries::add).toList();
        host.addToClassPath(added.stream().map(Library::jar).toList());
        added.forEach(each -> System.out.println("added " + each.name() + " " + each.version()));
    }

    /** Made when first used: it is a large library. */
    private MavenResolver resolver() throws IOException {
        if (maven == null) {
            maven = new MavenResolver(text -> progress.show(text));
        }
        return maven;
    }

    private Object classPath(Call call) {
        List<String> words = call.words();
        if (words.isEmpty()) {
            host.session().classPath().forEach(System.out::println);
        }
        List<Path> found = new ArrayList<>();
        for (String word : words) {
            List<Path> matching = matching(word);
            if (matching.isEmpty()) {
                throw new IllegalArgumentException("no file matches '" + word + "' in " + Path.of("").toAbsolutePath());
            }
            found.addAll(matching);
        }
        host.addToClassPath(found);
        return null;
    }

    private static List<Path> matching(String paths) {
        try {
            return PathsHandler.splitAndResolveGlobs(paths).stream().filter(Files::exists).toList();
        } catch (RuntimeException e) {
            return List.of(); // A folder in the pattern does not exist.
        }
    }
}
