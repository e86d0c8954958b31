package dev.retort.kernel.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.settings.Activation;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.eclipse.aether.RepositorySystemSession.SessionBuilder;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

/**
 * What of the user's {@code ~/.m2/settings.xml} is honoured: the local repository, mirrors, credentials (encrypted ones, too),
 * proxies, the repositories of active profiles, and being offline.
 */
final class MavenSettings {
    private final Settings settings;
    private final SettingsDecryptionResult secrets;
    private final Path localRepository;

    private MavenSettings(Settings settings, SettingsDecryptionResult secrets, Path defaultRepository) {
        this.settings = settings;
        this.secrets = secrets;
        localRepository = settings.getLocalRepository() == null ? defaultRepository : Path.of(settings.getLocalRepository());
    }

    /** Reads the settings of the user, if there are any. */
    static MavenSettings read() throws IOException {
        return read(Path.of(System.getProperty("user.home"), ".m2"));
    }

    /** @param folder has {@code settings.xml} and {@code settings-security.xml}, or not */
    static MavenSettings read(Path folder) throws IOException {
        File file = folder.resolve("settings.xml").toFile();
        try {
            Settings settings = new DefaultSettingsBuilderFactory().newInstance().build(new DefaultSettingsBuildingRequest()
                    .setUserSettingsFile(file).setSystemProperties(System.getProperties())).getEffectiveSettings();
            DefaultSecDispatcher dispatcher = new DefaultSecDispatcher(new DefaultPlexusCipher());
            dispatcher.setConfigurationFile(folder.resolve("settings-security.xml").toString());
            SettingsDecryptionResult secrets = new DefaultSettingsDecrypter(dispatcher)
                    .decrypt(new DefaultSettingsDecryptionRequest(settings));
            return new MavenSettings(settings, secrets, folder.resolve("repository"));
        } catch (SettingsBuildingException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The repositories of the active profiles. */
    List<RemoteRepository> repositories() {
        return settings.getProfiles().stream().filter(this::isActive).flatMap(profile -> profile.getRepositories().stream())
                .map(repository -> new RemoteRepository.Builder(repository.getId(), "default", repository.getUrl()).build())
                .toList();
    }

    private boolean isActive(Profile profile) {
        Activation activation = profile.getActivation();
        return settings.getActiveProfiles().contains(profile.getId()) || activation != null && activation.isActiveByDefault();
    }

    /** Makes a session of the resolver follow the settings. */
    SessionBuilder applyTo(SessionBuilder session) {
        return session.setOffline(settings.isOffline())
                .withLocalRepositoryBaseDirectories(localRepository)
                .setMirrorSelector(mirrors())
                .setProxySelector(proxies())
                .setAuthenticationSelector(credentials());
    }

    private DefaultMirrorSelector mirrors() {
        DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
        for (Mirror each : settings.getMirrors()) {
            mirrors.add(each.getId(), each.getUrl(), each.getLayout(), false, each.isBlocked(), each.getMirrorOf(),
                    each.getMirrorOfLayouts());
        }
        return mirrors;
    }

    private DefaultProxySelector proxies() {
        DefaultProxySelector proxies = new DefaultProxySelector();
        for (Proxy each : secrets.getProxies()) {
            if (each.isActive()) {
                AuthenticationBuilder credentials = new AuthenticationBuilder()
                        .addUsername(each.getUsername()).addPassword(each.getPassword());
                proxies.add(new org.eclipse.aether.repository.Proxy(each.getProtocol(), each.getHost(), each.getPort(),
                        credentials.build()), each.getNonProxyHosts());
            }
        }
        return proxies;
    }

    private DefaultAuthenticationSelector credentials() {
        DefaultAuthenticationSelector credentials = new DefaultAuthenticationSelector();
        for (Server each : secrets.getServers()) {
            credentials.add(each.getId(), new AuthenticationBuilder().addUsername(each.getUsername())
                    .addPassword(each.getPassword()).addPrivateKey(each.getPrivateKey(), each.getPassphrase()).build());
        }
        return credentials;
    }
}
