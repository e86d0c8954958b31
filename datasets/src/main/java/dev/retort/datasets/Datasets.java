package dev.retort.datasets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The data sets that come with Retort. */
public final class Datasets {

    private interface Reader {
        Rows read(Card card) throws IOException;
    }

    private static final Map<String, Reader> READERS = new TreeMap<>(Map.of(
            "digits", card -> Delimited.numbers(card, "digits.csv.gz"),
            "fashion-mnist", card -> Idx.images(card, "train", "t10k"),
            "letter", card -> Delimited.numbers(card, "letter.csv.gz"),
            "movie-reviews", card -> Delimited.ratedTexts(card, "movie-reviews.tsv.gz")));

    private Datasets() {}

    /** The names of all data sets, in alphabetical order. */
    public static List<String> names() {
        return List.copyOf(READERS.keySet());
    }

    /**
     * The card of a data set.
     *
     * @throws IllegalArgumentException if there is no data set of this name
     */
    public static Card card(String name) {
        requireName(name);
        try (InputStream in = resource(name, "card.properties")) {
            Properties entries = new Properties();
            entries.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return Card.of(name, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads all rows of a data set anew.
     *
     * @throws IllegalArgumentException if there is no data set of this name
     * @throws UncheckedIOException if one of its files is missing or damaged
     */
    public static Rows read(String name) {
        Card card = card(name);
        try {
            return READERS.get(name).read(card);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a file of a data set as it is stored, after comparing its content with the checksum on the card.
     *
     * @throws IllegalArgumentException if there is no such data set or file
     * @throws UncheckedIOException if the file is missing or damaged
     */
    public static InputStream open(String name, String file) {
        try {
            return open(card(name), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream open(Card card, String file) throws IOException {
        String expected = card.sha256().get(file);
        if (expected == null) {
            throw new IllegalArgumentException("no file '%s' in data set '%s'; there are %s".formatted(
                    file, card.name(), String.join(", ", card.sha256().keySet())));
        }
        try (InputStream in = resource(card.name(), file)) {
            byte[] content = in.readAllBytes();
            String actual = sha256(content);
            if (!actual.equals(expected)) {
                throw new IOException("%s/%s is damaged: its SHA-256 is %s, the card says %s; install Retort's data sets again"
                        .formatted(card.name(), file, actual, expected));
            }
            return new ByteArrayInputStream(content);
        }
    }

    private static InputStream resource(String name, String file) throws IOException {
        InputStream in = Datasets.class.getResourceAsStream(name + "/" + file);
        if (in == null) {
            throw new IOException("%s/%s is missing on the class path; install Retort's data sets again".formatted(name, file));
        }
        return in;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static void requireName(String name) {
        if (!READERS.containsKey(name)) {
            throw new IllegalArgumentException(
                    "no data set '%s'; there are %s".formatted(name, String.join(", ", READERS.keySet())));
        }
    }
}
