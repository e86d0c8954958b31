package dev.retort.cache;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/**
 * What a teacher said of some rows, as bytes: a file that is mapped into memory, or a part of the heap.
 *
 * <pre>
 * int     mark of the format
 * int     rows
 * int     numbers kept of each row
 * int     dimensions of a row's shape, then each of them as a long
 * int     the id of each row
 * …       the numbers of each row: all of them as floats; or the largest of them as (index, float), and one float for each of the rest
 * long    CRC-32C of all the bytes before
 * </pre>
 */
final class Segment {
    private static final int MARK = 0x52545231;

    private final ByteBuffer bytes;
    private final int rows;
    private final int kept;
    private final Shape shape;
    private final int ids;
    private final int values;

    private Segment(ByteBuffer bytes) throws IOException {
        this.bytes = bytes;
        require(bytes.limit() > Integer.BYTES && bytes.getInt() == MARK, "it has another format");
        rows = bytes.getInt();
        kept = bytes.getInt();
        shape = new Shape(LongStream.generate(bytes::getLong).limit(bytes.getInt()).toArray());
        ids = bytes.position();
        values = ids + rows * Integer.BYTES;
        require(bytes.limit() == values + rows * rowBytes() + Long.BYTES, "it was cut");
    }

    /** Reads what {@link #encode} wrote. @throws IOException when it was cut or altered */
    static Segment of(ByteBuffer bytes) throws IOException {
        require(bytes.limit() > Long.BYTES && bytes.getLong(bytes.limit() - Long.BYTES) == checksum(bytes), "its checksum is wrong");
        try {
            return new Segment(bytes);
        } catch (BufferUnderflowException e) {
            throw new IOException("it was cut", e);
        }
    }

    /**
     * Puts rows into bytes.
     *
     * @param values rows × the numbers of a row
     * @param kept   how many numbers to keep of each row: all, or the largest
     */
    static ByteBuffer encode(int[] rowIds, float[] values, Shape shape, int kept) {
        int width = (int) shape.size();
        int header = (4 + rowIds.length) * Integer.BYTES + shape.dimension() * Long.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(header + Long.BYTES, Math.multiplyExact(rowIds.length, rowBytes(width, kept))));
        bytes.putInt(MARK).putInt(rowIds.length).putInt(kept).putInt(shape.dimension());
        LongStream.of(shape.getShape()).forEach(bytes::putLong);
        for (int id : rowIds) {
            bytes.putInt(id);
        }
        if (kept == width) {
            bytes.asFloatBuffer().put(values);
            bytes.position(bytes.position() + values.length * Float.BYTES);
        } else {
            for (int row = 0; row < rowIds.length; row++) {
                Largest.of(values, row * width, width, kept).write(bytes);
            }
        }
        bytes.putLong(checksum(bytes));
        return bytes.flip();
    }

    int rows() {
        return rows;
    }

    Shape shape() {
        return shape;
    }

    /** The bytes on the heap; none where they are a mapped file. */
    long heapBytes() {
        return bytes.isDirect() ? 0 : bytes.limit();
    }

    int id(int row) {
        return bytes.getInt(ids + row * Integer.BYTES);
    }

    /** Writes the numbers of a row into an array, from an offset on. */
    void copy(int row, float[] into, int offset) {
        int start = values + row * rowBytes();
        int width = (int) shape.size();
        if (kept == width) {
            bytes.slice(start, width * Float.BYTES).asFloatBuffer().get(into, offset, width);
        } else {
            Largest.read(bytes.slice(start, rowBytes()), kept, into, offset, width);
        }
    }

    private int rowBytes() {
        return rowBytes((int) shape.size(), kept);
    }

    private static int rowBytes(int width, int kept) {
        return kept == width ? width * Float.BYTES : kept * (Integer.BYTES + Float.BYTES) + Float.BYTES;
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.slice(0, bytes.capacity() - Long.BYTES));
        return checksum.getValue();
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}
