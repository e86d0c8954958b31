package dev.retort.kernel.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.cipher.PlexusCipherException;

/** Against a repository that asks for a password. */
class MavenSettingsTest {
    private static final Map<String, String> FILES = Map.of(
            "/g/private/1/private-1.pom", "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId>"
                    + "<artifactId>private</artifactId><version>1</version></project>",
            "/g/private/1/private-1.jar", "not really a jar");

    @TempDir
    private Path folder;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] found = FILES.getOrDefault(exchange.getRequestURI().getPath(), "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(found.length == 0 ? 404 : 200, found.length == 0 ? -1 : found.length);
            exchange.getResponseBody().write(found);
            exchange.close();
        }).setAuthenticator(new BasicAuthenticator("repository") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals("me") && password.equals("s3cret");
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void passwordOfTheServerIsUsed() throws IOException {
        assertThat(resolve("s3cret")).hasSize(1);
    }

    @Test
    void encryptedPasswordIsDecrypted() throws Exception {
        Files.writeString(folder.resolve("settings-security.xml"),
                "<settingsSecurity><master>" + encrypted("master", "settings.security") + "</master></settingsSecurity>");
        assertThat(resolve(encrypted("s3cret", "master"))).hasSize(1);
    }

    @Test
    void wrongPasswordIsNoAccess() {
        assertThatThrownBy(() -> resolve("wrong")).isInstanceOf(IOException.class).hasMessageContaining("g:private:jar:1");
    }

    @Test
    void brokenSettingsAreNamed() throws IOException {
        Files.writeString(folder.resolve("settings.xml"), "<settings><servers></settings>");
        assertThatThrownBy(() -> MavenSettings.read(folder)).isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("settings.xml") + " cannot be read");
    }

    private static String encrypted(String text, String password) throws PlexusCipherException {
        return new DefaultPlexusCipher().encryptAndDecorate(text, password);
    }

    private List<MavenResolver.Library> resolve(String password) throws IOException {
        Files.writeString(folder.resolve("settings.xml"), """
                <settings>
                <localRepository>%s</localRepository>
                <servers><server><id>mine</id><username>me</username><password>%s</password></server></servers>
                <mirrors><mirror><id>mine</id><url>http://%s:%d/</url><mirrorOf>*</mirrorOf></mirror></mirrors>
                </settings>
                """.formatted(folder.resolve("local"), password, server.getAddress().getHostString(), server.getAddress().getPort()));
        return new MavenResolver(any -> { }, MavenSettings.read(folder)).resolve(List.of("g:private:1"), List.of());
    }
}
