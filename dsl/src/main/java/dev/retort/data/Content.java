package dev.retort.data;

import ai.djl.ndarray.types.Shape;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * All that a data set holds, row by row.
 *
 * @param card what it is and where it is from, for people
 * @param columns the names of the features, of texts their words; empty where a row is an image
 * @param labels the class of each row, an index into {@code classes}
 * @param texts the text of each row; empty where the rows are not texts
 */
record Content(String name, String card, Shape rowShape, List<String> columns, List<String> classes, int[] labels,
               Features features, List<String> texts) {

    Content with(int[] otherLabels, Features otherFeatures) {
        return new Content(name, card, rowShape, columns, classes, otherLabels, otherFeatures, texts);
    }

    /** SHA-256 over all but the name and the card, in hexadecimal. */
    String fingerprint() {
        MessageDigest digest = sha256();
        try (var out = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeUTF(rowShape.toString());
        write(texts.isEmpty() ? columns : List.of(), out); // The words follow from the texts.
        write(classes, out);
        write(texts, out);
        for (int label : labels) {
            out.writeInt(label);
        }
        features.write(out);
    }

    private static void write(List<String> strings, DataOutputStream out) throws IOException {
        out.writeInt(strings.size());
        for (String string : strings) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
