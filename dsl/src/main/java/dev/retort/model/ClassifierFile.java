package dev.retort.model;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.retort.train.Provenance;
import dev.retort.train.Standardizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A classifier as one file: a ZIP archive of {@code classifier.json} (what it is and how it was made) and
 * {@code weights.bin} (the parameters, as DJL writes them).
 */
public final class ClassifierFile {
    private static final int FORMAT = 1;
    private static final String HEADER_ENTRY = "classifier.json";
    private static final String WEIGHTS_ENTRY = "weights.bin";
    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ClassifierFile() {
    }

    /** All that decides the answers, but for the weights. */
    record Description(String blueprint, List<String> classes, long[] rowShape, float[] mean, float[] deviation) {
    }

    private record Header(int format, String fingerprint, Description description, Provenance provenance) {
    }

    static String fingerprint(Description description, byte[] weights) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(JSON.writeValueAsBytes(description));
            return HexFormat.of().formatHex(digest.digest(weights));
        } catch (NoSuchAlgorithmException | JacksonException e) {
            throw new IllegalStateException(e);
        }
    }

    static void write(Path file, Description description, Provenance provenance, byte[] weights) throws IOException {
        Header header = new Header(FORMAT, fingerprint(description, weights), description, provenance);
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder to save " + target.getFileName() + " in");
        }
        Path temporary = Files.createTempFile(folder, "." + target.getFileName(), ".tmp");
        try {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(temporary))) {
                put(zip, HEADER_ENTRY, JSON.writeValueAsBytes(header));
                put(zip, WEIGHTS_ENTRY, weights);
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Reads a classifier.
     *
     * @param custom the network of the user's own that was saved; null for one of the kinds that come with Retort
     * @throws IOException when the file is missing, truncated, damaged or something else
     * @throws IllegalArgumentException when it needs a network that was not given, or another one
     */
    public static Classifier read(Path file, Blueprint custom) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        Header header;
        byte[] weights;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            header = JSON.readValue(entry(zip, HEADER_ENTRY), Header.class);
            if (header.format() != FORMAT) {
                throw new IOException(file + " has the format " + header.format() + ", this version reads " + FORMAT
                        + "; load it with the version that saved it");
            }
            weights = entry(zip, WEIGHTS_ENTRY);
        } catch (ZipException | JacksonException e) {
            throw new IOException(file + " is not a saved classifier, or is damaged (" + firstLine(e) + "); save it again", e);
        }
        Description d = header.description();
        if (d == null || !fingerprint(d, weights).equals(header.fingerprint())) {
            throw new IOException(file + " is damaged: its content does not match its fingerprint; save it again");
        }
        return new NetClassifier(blueprint(d.blueprint(), custom, file), d.classes(), new Shape(d.rowShape()),
                new Standardizer(d.mean(), d.deviation()), weights, header.provenance());
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

    private static byte[] entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new ZipException("no " + name + " in it");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
