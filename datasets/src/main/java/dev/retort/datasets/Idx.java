package dev.retort.datasets;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads IDX, the format of MNIST and its relatives: two zero bytes, a type, a rank, the dimensions, the values. */
final class Idx {

    private static final int UNSIGNED_BYTE = 0x08;
    private static final int BUFFER = 1 << 16;

    private Idx() {}

    /** The images and labels of several parts, such as {@code train} and {@code t10k}, one after the other. */
    static Rows.Numbers images(Card card, String... parts) throws IOException {
        int width = card.shape().stream().reduce(1, Math::multiplyExact);
        byte[] pixels = new byte[card.rows() * width];
        byte[] labels = new byte[card.rows()];
        int row = 0;
        for (String part : parts) {
            read(card, part + "-images-idx3-ubyte.gz", pixels, row * width);
            row += read(card, part + "-labels-idx1-ubyte.gz", labels, row);
        }
        return new Rows.Numbers(List.of(), pixels, widen(labels));
    }

    /** Reads all values of a file into an array; returns how many there are. */
    private static int read(Card card, String file, byte[] into, int offset) throws IOException {
        try (var in = new DataInputStream(new GZIPInputStream(Datasets.open(card, file), BUFFER))) {
            int magic = in.readInt();
            if (magic >> 8 != UNSIGNED_BYTE) {
                throw new IOException("%s/%s is not an IDX file of unsigned bytes: it starts with %08x"
                        .formatted(card.name(), file, magic));
            }
            int count = 1;
            for (int rank = magic & 0xff; rank > 0; rank--) {
                count = Math.multiplyExact(count, in.readInt());
            }
            in.readFully(into, offset, count);
            return count;
        }
    }

    private static int[] widen(byte[] labels) {
        int[] wide = new int[labels.length];
        Arrays.setAll(wide, row -> labels[row]);
        return wide;
    }
}
