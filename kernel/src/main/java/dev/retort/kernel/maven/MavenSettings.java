package dev.retort.kernel.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.eclipse.aether.repository.MirrorSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What of the user's {@code ~/.m2/settings.xml} is honoured: the local repository and mirrors. Credentials and proxies are not.
 *
 * @param localRepository where jars are kept
 * @param mirrors         what to ask instead of a repository
 */
record MavenSettings(Path localRepository, MirrorSelector mirrors) {

    /** Reads the settings of the user, if there are any. */
    static MavenSettings read() throws IOException {
        Path maven = Path.of(System.getProperty("user.home"), ".m2");
        return read(maven.resolve("settings.xml"), maven.resolve("repository"));
    }

    static MavenSettings read(Path file, Path defaultRepository) throws IOException {
        DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
        if (!Files.isRegularFile(file)) {
            return new MavenSettings(defaultRepository, mirrors);
        }
        Element settings = parse(file);
        NodeList found = settings.getElementsByTagName("mirror");
        for (int i = 0; i < found.getLength(); i++) {
            Element mirror = (Element) found.item(i);
            boolean blocked = text(mirror, "blocked", "false").equals("true");
            mirrors.add(text(mirror, "id", "mirror" + i), text(mirror, "url", ""), "default", false, blocked,
                    text(mirror, "mirrorOf", "*"), "");
        }
        String local = text(settings, "localRepository", defaultRepository.toString());
        return new MavenSettings(Path.of(local.replace("${user.home}", System.getProperty("user.home"))), mirrors);
    }

    private static Element parse(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is not XML: " + e.getMessage(), e);
        }
    }

    private static String text(Element parent, String name, String otherwise) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? otherwise : found.item(0).getTextContent().strip();
    }
}
