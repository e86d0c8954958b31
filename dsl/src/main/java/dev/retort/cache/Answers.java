package dev.retort.cache;

import ai.djl.ndarray.types.Shape;
import dev.retort.train.Said;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one teacher said of the rows of one data set, by row id: its logits, or one of its layers. Never by place in a batch or
 * a split, so that rows cannot be mixed up.
 */
final class Answers {
    private static final long NONE = -1;

    private final List<Segment> segments = new ArrayList<>();
    private long[] placeById = new long[0]; // the segment in the upper half, the row in it in the lower

    boolean has(int id) {
        return id < placeById.length && placeById[id] != NONE;
    }

    void add(Segment segment) {
        int highest = IntStream.range(0, segment.rows()).map(segment::id).max().orElse(-1);
        if (highest >= placeById.length) {
            int known = placeById.length;
            placeById = Arrays.copyOf(placeById, highest + 1);
            Arrays.fill(placeById, known, highest + 1, NONE);
        }
        for (int row = 0; row < segment.rows(); row++) {
            placeById[segment.id(row)] = (long) segments.size() << 32 | row;
        }
        segments.add(segment);
    }

    /** What was said of the rows with these ids; all of them must be there. */
    Said of(int... ids) {
        return new View(List.copyOf(segments), IntStream.of(ids).mapToLong(id -> placeById[id]).toArray());
    }

    long heapBytes() {
        return placeById.length * (long) Long.BYTES + segments.stream().mapToLong(Segment::heapBytes).sum();
    }

    private record View(List<Segment> segments, long[] places) implements Said {
        @Override
        public int rows() {
            return places.length;
        }

        @Override
        public Shape shape() {
            return segments.get(0).shape();
        }

        @Override
        public void copy(int row, float[] into, int offset) {
            segments.get((int) (places[row] >> 32)).copy((int) places[row], into, offset);
        }
    }
}
