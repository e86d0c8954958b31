package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StratifiedTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyBeginningHasEachClassInItsShareGiveOrTakeLessThanOneRow(long seed) {
        int[] labels = skewedLabels(new Random(seed));
        int[] total = new int[IntStream.of(labels).max().orElseThrow() + 1];
        IntStream.of(labels).forEach(label -> total[label]++);

        int[] drawn = new int[total.length];
        int n = 0;
        for (int row : Stratified.order(allOf(labels), labels, seed)) {
            drawn[labels[row]]++;
            n++;
            for (int label = 0; label < total.length; label++) {
                assertThat(Math.abs(drawn[label] - (double) n * total[label] / labels.length)).isLessThan(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyRowIsDrawnOnce(long seed) {
        int[] labels = skewedLabels(new Random(seed));

        assertThat(Stratified.order(allOf(labels), labels, seed)).containsExactlyInAnyOrder(allOf(labels));
    }

    @Test
    void oneClassAloneIsShuffled() {
        int[] labels = new int[100];

        assertThat(Stratified.order(allOf(labels), labels, 1))
                .isNotEqualTo(allOf(labels)).containsExactlyInAnyOrder(allOf(labels));
    }

    @Test
    void anotherSeedDrawsOtherRows() {
        int[] labels = skewedLabels(new Random(1));

        assertThat(Stratified.order(allOf(labels), labels, 1)).isNotEqualTo(Stratified.order(allOf(labels), labels, 2));
    }

    @Test
    void orderIsTheSameOnEveryMachine() {
        int[] labels = {0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2};

        assertThat(Stratified.order(allOf(labels), labels, 7)).containsExactly(1, 7, 9, 3, 0, 8, 11, 2, 5, 6, 10, 4);
    }

    /** Up to twelve classes of very different sizes. */
    private static int[] skewedLabels(Random random) {
        int classes = 2 + random.nextInt(11);
        return IntStream.range(0, classes)
                .flatMap(label -> IntStream.generate(() -> label).limit(1 + random.nextInt(label % 3 == 0 ? 300 : 9)))
                .toArray();
    }

    private static int[] allOf(int[] labels) {
        return IntStream.range(0, labels.length).toArray();
    }
}
