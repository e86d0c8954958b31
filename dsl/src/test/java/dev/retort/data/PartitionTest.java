package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void partsAreDisjointAscendingAndCoverAllRows(long seed) {
        int[] labels = labels(new Random(seed));

        Partition parts = Partition.seeded(labels);

        assertThat(IntStream.of(concat(parts)).sorted().toArray()).isEqualTo(IntStream.range(0, labels.length).toArray());
        assertThat(parts.train()).isSorted();
        assertThat(parts.validation()).isSorted();
        assertThat(parts.test()).isSorted();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void tenRowsOfAClassAreEnoughForEveryPart(long seed) {
        int[] labels = labels(new Random(seed));
        int classes = (int) IntStream.of(labels).distinct().count();

        Partition parts = Partition.seeded(labels);

        for (int[] part : new int[][] {parts.train(), parts.validation(), parts.test()}) {
            assertThat(IntStream.of(part).map(row -> labels[row]).distinct()).hasSize(classes);
        }
    }

    @Test
    void sharesAreSeventyFifteenFifteen() {
        int[] labels = IntStream.range(0, 1_000).map(row -> row % 4).toArray();

        Partition parts = Partition.seeded(labels);

        assertThat(parts.train()).hasSize(700);
        assertThat(parts.validation()).hasSize(150);
        assertThat(parts.test()).hasSize(150);
    }

    @Test
    void officialTestIsLeftAsItIs() {
        int[] labels = IntStream.range(0, 120).map(row -> row % 3).toArray();

        Partition parts = Partition.official(labels, 100);

        assertThat(parts.test()).isEqualTo(IntStream.range(100, 120).toArray());
        assertThat(parts.validation()).hasSize(10);
        assertThat(IntStream.of(concat(parts)).sorted().toArray()).isEqualTo(IntStream.range(0, 120).toArray());
    }

    /** Up to twelve classes, the smallest with ten rows. */
    private static int[] labels(Random random) {
        int classes = 2 + random.nextInt(11);
        return IntStream.range(0, classes)
                .flatMap(label -> IntStream.generate(() -> label).limit(10 + (label == 0 ? 0 : random.nextInt(200))))
                .toArray();
    }

    private static int[] concat(Partition parts) {
        return Arrays.stream(new int[][] {parts.train(), parts.validation(), parts.test()})
                .flatMapToInt(Arrays::stream).toArray();
    }
}
