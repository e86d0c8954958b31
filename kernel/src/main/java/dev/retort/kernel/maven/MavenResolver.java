package dev.retort.kernel.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.RepositorySystemSession.SessionBuilder;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorPolicy;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;

/**
 * Resolves libraries and all that they need, from Maven Central and the repositories that it is told of, into the local
 * repository.
 */
public final class MavenResolver {
    /**
     * A resolved library.
     *
     * @param name        {@code group:artifact}
     * @param version     the version that was chosen
     * @param coordinates with version, extension and classifier
     * @param jar         where it is
     */
    public record Library(String name, String version, String coordinates, Path jar) {
        static Library of(Artifact artifact) {
            return new Library(artifact.getGroupId() + ":" + artifact.getArtifactId(), artifact.getVersion(),
                    artifact.toString(), artifact.getPath());
        }
    }

    private static final String COMPILE = "compile";
    private static final String RUNTIME = "runtime";
    private static final String TEST = "test";
    private static final List<String> SCOPES = List.of(COMPILE, RUNTIME, TEST, "provided", "system");
    private static final Artifact POM = new DefaultArtifact("cells", "cells", "pom", "1");

    private final List<RemoteRepository> repositories = new ArrayList<>();
    private final Consumer<String> progress;
    private final MavenSettings settings;
    private final RepositorySystem system = new RepositorySystemSupplier().get();

    /**
     * A resolver with the user's settings.
     *
     * @param progress is told how far a long download is; each text replaces the one before
     * @throws IOException if the settings cannot be read
     */
    public MavenResolver(Consumer<String> progress) throws IOException {
        this(progress, MavenSettings.read());
    }

    MavenResolver(Consumer<String> progress, MavenSettings settings) {
        this.progress = progress;
        this.settings = settings;
        addRepository("central", "https://repo.maven.apache.org/maven2/");
        repositories.addAll(settings.repositories());
    }

    /**
     * Also looks for libraries in another repository.
     *
     * @throws IllegalArgumentException if the URL is none
     */
    public void addRepository(String id, String url) {
        if (!url.matches("\\w[\\w+.-]*:.+")) {
            throw new IllegalArgumentException("'" + url + "' is not the URL of a repository");
        }
        repositories.add(new RemoteRepository.Builder(id, "default", url).build());
    }

    /** Whether a repository of this id is looked into. */
    public boolean knows(String id) {
        return repositories.stream().anyMatch(each -> each.getId().equals(id));
    }

    /**
     * Resolves libraries by their coordinates.
     *
     * @param coordinates {@code group:artifact[:extension[:classifier]]:version}
     * @param exclusions  {@code group:artifact} of libraries to leave out, where each part may be {@code *}
     * @throws IOException if one is not found or cannot be downloaded
     */
    public List<Library> resolve(List<String> coordinates, List<String> exclusions) throws IOException {
        List<Exclusion> excluded = exclusions.stream().map(MavenResolver::exclusion).toList();
        CollectRequest request = new CollectRequest().setRepositories(repositories);
        for (String each : coordinates) {
            request.addDependency(new Dependency(new DefaultArtifact(each), RUNTIME, false, excluded));
        }
        Downloads downloads = new Downloads(progress);
        try (CloseableSession session = session(downloads).build()) {
            return resolve(session, request);
        } finally {
            downloads.finish();
        }
    }

    /**
     * Gets these libraries and no others.
     *
     * @param coordinates as {@link Library#coordinates} has them
     * @throws IOException if one is not found or cannot be downloaded
     */
    public List<Library> fetch(List<String> coordinates) throws IOException {
        Downloads downloads = new Downloads(progress);
        try (CloseableSession session = session(downloads).build()) {
            List<RemoteRepository> from = system.newResolutionRepositories(session, repositories);
            return libraries(system.resolveArtifacts(session, coordinates.stream()
                    .map(each -> new ArtifactRequest(new DefaultArtifact(each), from, null)).toList()));
        } catch (RepositoryException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            downloads.finish();
        }
    }

    /**
     * Resolves the dependencies of a POM, with its parents, imports and repositories.
     *
     * @param pom    its text, or fragments of one with {@code <dependency>} and {@code <repository>} elements
     * @param scopes which of its dependencies; none for those that code needs to run
     * @throws IOException if it cannot be read, or a dependency is not found or cannot be downloaded
     */
    public List<Library> resolvePom(String pom, List<String> scopes) throws IOException {
        Set<String> wanted = withInherited(scopes);
        Path file = Files.createTempFile("cells", ".pom");
        // The descriptor of a library may be poor; that of the cell must be right.
        ArtifactDescriptorPolicy policy = (any, request) -> request.getArtifact().equals(POM)
                ? ArtifactDescriptorPolicy.STRICT : ArtifactDescriptorPolicy.IGNORE_ERRORS;
        Downloads downloads = new Downloads(progress);
        try (CloseableSession session = session(downloads).setWorkspaceReader(new OnePom(file))
                .setArtifactDescriptorPolicy(policy).build()) {
            Files.writeString(file, Pom.complete(pom));
            ArtifactDescriptorResult read = system.readArtifactDescriptor(session,
                    new ArtifactDescriptorRequest(POM, repositories, null));
            List<RemoteRepository> all = new ArrayList<>(repositories);
            all.addAll(read.getRepositories());
            CollectRequest request = new CollectRequest()
                    .setRepositories(system.newResolutionRepositories(session, all))
                    .setManagedDependencies(read.getManagedDependencies());
            read.getDependencies().stream().filter(each -> wanted.contains(each.getScope())).forEach(request::addDependency);
            return resolve(session, request);
        } catch (RepositoryException e) {
            throw new IOException("the POM cannot be read: " + e.getMessage(), e);
        } finally {
            downloads.finish();
            Files.delete(file);
        }
    }

    /** As in IJava, what tests need comes with what runs, and that with what is compiled against. */
    private static Set<String> withInherited(List<String> scopes) {
        scopes.stream().filter(each -> !SCOPES.contains(each)).forEach(each -> {
            throw new IllegalArgumentException("no scope '" + each + "'; there are " + String.join(", ", SCOPES));
        });
        Set<String> all = new HashSet<>(scopes.isEmpty() ? List.of(RUNTIME, "system") : scopes);
        if (all.contains(TEST)) {
            all.add(RUNTIME);
        }
        if (all.contains(RUNTIME)) {
            all.add(COMPILE);
        }
        if (all.contains(COMPILE)) {
            all.add(""); // A dependency that names none.
        }
        return all;
    }

    private List<Library> resolve(CloseableSession session, CollectRequest request) throws IOException {
        try {
            request.setRepositories(system.newResolutionRepositories(session, request.getRepositories()));
            return libraries(system.resolveDependencies(session, new DependencyRequest(request, null)).getArtifactResults());
        } catch (RepositoryException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static List<Library> libraries(List<ArtifactResult> results) {
        return results.stream().map(ArtifactResult::getArtifact).filter(artifact -> artifact.getExtension().equals("jar"))
                .map(Library::of).toList();
    }

    private SessionBuilder session(Downloads downloads) {
        return settings.applyTo(new SessionBuilderSupplier(system).get())
                .setSystemProperties(System.getProperties())
                .setTransferListener(downloads);
    }

    private static Exclusion exclusion(String text) {
        String[] parts = text.split(":");
        if (parts.length != 2) {
            throw new IllegalArgumentException("'" + text + "' excludes nothing: write group:artifact, where each may be *");
        }
        return new Exclusion(parts[0], parts[1], "*", "*");
    }

    /** Shows the resolver a POM as if it were that of a library. */
    private record OnePom(Path file) implements WorkspaceReader {
        @Override
        public WorkspaceRepository getRepository() {
            return new WorkspaceRepository("cells");
        }

        @Override
        public File findArtifact(Artifact artifact) {
            boolean asked = artifact.getExtension().equals("pom") && artifact.getGroupId().equals(POM.getGroupId())
                    && artifact.getArtifactId().equals(POM.getArtifactId());
            return asked ? file.toFile() : null;
        }

        @Override
        public List<String> findVersions(Artifact artifact) {
            return List.of();
        }
    }
}
