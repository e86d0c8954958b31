package dev.retort.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.retort.data.Archive;
import dev.retort.model.Stored.Description;
import dev.retort.train.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * A classifier as one file: a ZIP archive of {@code classifier.json} (what it is and how it was made) and
 * {@code content.bin} (weights, or whatever its kind writes).
 */
public final class ClassifierFile {
    private static final int FORMAT = 2;
    private static final String HEADER_ENTRY = "classifier.json";
    private static final String CONTENT_ENTRY = "content.bin";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private ClassifierFile() {
    }

    /** @param checksum SHA-256 of description and content */
    private record Header(int format, String checksum, Description description, Provenance provenance) {
    }

    /** Finds out how to write such objects, which takes a while. */
    static void isReadyFor(Class<?> described) {
        JSON.writerFor(described);
    }

    /** SHA-256, in hexadecimal. */
    static String digest(Description description, byte[] content) {
        try {
            return Fingerprint.of(JSON.writeValueAsBytes(description), content);
        } catch (JacksonException e) {
            throw new IllegalStateException(e);
        }
    }

    static void write(Path file, Stored stored) throws IOException {
        Description description = stored.description();
        Header header = new Header(FORMAT, digest(description, stored.content()), description, stored.provenance());
        Archive.write(file, Map.of(HEADER_ENTRY, JSON.writeValueAsBytes(header), CONTENT_ENTRY, stored.content()));
    }

    /**
     * Reads a classifier.
     *
     * @param custom the network of the user's own that was saved; null for one of the kinds that come with Retort
     * @throws IOException when the file is missing, truncated, damaged or something else
     * @throws IllegalArgumentException when it needs a network that was not given, or another one
     */
    public static Classifier read(Path file, Blueprint custom) throws IOException {
        Header header;
        byte[] content;
        try {
            Map<String, byte[]> entries = Archive.read(file, HEADER_ENTRY, CONTENT_ENTRY);
            header = JSON.readValue(entries.get(HEADER_ENTRY), Header.class);
            content = entries.get(CONTENT_ENTRY);
        } catch (ZipException | JacksonException e) {
            throw new IOException(file + " is not a saved classifier, or is damaged (" + firstLine(e) + "); save it again", e);
        }
        if (header.format() != FORMAT) {
            throw new IOException(file + " has the format " + header.format() + ", this version reads " + FORMAT
                    + "; load it with the version that saved it");
        }
        if (header.description() == null || !digest(header.description(), content).equals(header.checksum())) {
            throw new IOException(file + " is damaged: its content does not match its checksum; save it again");
        }
        return classifier(new Stored(header.description(), header.provenance(), content), custom, file);
    }

    private static Classifier classifier(Stored stored, Blueprint custom, Path file) throws IOException {
        String kind = stored.description().kind();
        if (kind.equals(NetClassifier.KIND)) {
            return new NetClassifier(blueprint(stored.description().name(), custom, file), stored);
        }
        return StoredClassifier.of(stored).orElseThrow(() -> new IOException(file + " holds a model of the kind '" + kind
                + "', which this version does not know; load it with the version that saved it"));
    }

    private static NetBlueprint blueprint(String saved, Blueprint custom, Path file) {
        NetBlueprint known = Blueprints.parse(saved);
        if (known != null) {
            return known;
        }
        if (custom instanceof NetBlueprint net && net.toString().equals(saved)) {
            return net;
        }
        throw new IllegalArgumentException(file + " holds the weights of " + saved + ", a network of your own"
                + (custom == null ? "" : ", not of " + custom) + "; load it with load(\"" + file + "\", " + saved.replace(")", ", () -> …)") + ")");
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
