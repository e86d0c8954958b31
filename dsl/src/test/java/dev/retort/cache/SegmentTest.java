package dev.retort.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import dev.retort.train.Logits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentTest {
    private static final int[] IDS = {7, 3, 5};
    private final Random random = new Random(1);

    @Test
    void allNumbersComeBackExactly() throws Exception {
        float[] values = values(3 * 8);
        Segment segment = Segment.of(Segment.encode(IDS, values, new Shape(2, 2, 2), 8));
        assertThat(segment.shape()).isEqualTo(new Shape(2, 2, 2));
        assertThat(IntStream.range(0, segment.rows()).map(segment::id)).containsExactly(7, 3, 5);
        float[] read = new float[10];
        segment.copy(1, read, 1);
        assertThat(Arrays.copyOfRange(read, 1, 9)).isEqualTo(Arrays.copyOfRange(values, 8, 16));
    }

    @Test
    void theLargestLogitsAreExactAndTheRestKeepsItsProbability() throws Exception {
        float[] values = values(3 * 100);
        Segment segment = Segment.of(Segment.encode(IDS, values, new Shape(100), 10));
        float[] row = Arrays.copyOfRange(values, 200, 300);
        float[] read = new float[100];
        segment.copy(2, read, 0);
        int[] order = IntStream.range(0, 100).boxed().sorted((a, b) -> Float.compare(row[b], row[a])).mapToInt(i -> i).toArray();
        double[] before = Logits.probabilities(row, 100, 1);
        double[] after = Logits.probabilities(read, 100, 1);
        for (int i = 0; i < 10; i++) {
            assertThat(read[order[i]]).isEqualTo(row[order[i]]);
            assertThat(after[order[i]]).isCloseTo(before[order[i]], within(1e-6));
        }
        assertThat(IntStream.range(10, 100).mapToObj(i -> read[order[i]]).distinct()).hasSize(1);
    }

    @Test
    void whatIsImpossibleStaysSo() throws Exception {
        float[] values = new float[10];
        Arrays.fill(values, Float.NEGATIVE_INFINITY);
        values[4] = 0;
        float[] read = new float[10];
        Segment.of(Segment.encode(new int[] {0}, values, new Shape(10), 2)).copy(0, read, 0);
        assertThat(read).isEqualTo(values);
    }

    @Test
    void anyChangeIsNoticed() {
        ByteBuffer whole = Segment.encode(IDS, values(3 * 4), new Shape(4), 4);
        for (int i = 0; i < whole.limit(); i++) {
            byte[] altered = whole.array().clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> Segment.of(ByteBuffer.wrap(altered))).isInstanceOf(IOException.class);
            byte[] cut = Arrays.copyOf(whole.array(), i);
            assertThatThrownBy(() -> Segment.of(ByteBuffer.wrap(cut))).isInstanceOf(IOException.class);
        }
    }

    private float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (3 * random.nextGaussian());
        }
        return values;
    }
}
