package dev.retort.data;

import static dev.retort.Retort.dataset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TransferSplitTest {
    private static final DataSet LETTER = dataset("letter");

    @Test
    void anOmittedClassHasNoRows() {
        Split rows = LETTER.train().without("A", "Q");
        assertThat(rows.name()).isEqualTo("letter/train.without(\"A\", \"Q\")");
        assertThat(rows.labels()).doesNotContain(0, 16);
        assertThat(rows.size()).isEqualTo((int) IntStream.of(LETTER.train().labels()).filter(label -> label != 0 && label != 16).count());
        assertThat(rows.classes()).hasSize(26);
        assertThatThrownBy(() -> LETTER.train().without("a")).hasMessageContaining("no class 'a'").hasMessageContaining("A, B, C");
    }

    @Test
    void labelsCanBeHidden() {
        Split rows = LETTER.train();
        assertThat(rows.withoutLabels().labels()).containsOnly(Split.UNLABELLED);
        assertThat(rows.withoutLabels().labelName(0)).isEmpty();
        assertThat(rows.withoutLabels().features(0, 5)).isEqualTo(rows.features(0, 5));
        assertThat(rows.withoutLabels().validation().orElseThrow().isLabelled()).isTrue();
        Split few = rows.withLabels(100);
        assertThat(few.isLabelled()).isFalse();
        assertThat(few.labelled().size()).isEqualTo(100);
        assertThat(few.labelled().ids()).containsExactlyInAnyOrder(rows.take(100).ids());
        assertThat(few.fingerprint()).as("the rows are the same: a teacher's answers stay good").isEqualTo(rows.fingerprint());
        assertThat(rows.labelled()).isSameAs(rows);
    }

    @Test
    void otherClassesHaveNoLabelsAndNoValidation() {
        Split foreign = LETTER.train().withoutLabels(List.of("x", "y"));
        assertThat(foreign.classes()).containsExactly("x", "y");
        assertThat(foreign.labels()).containsOnly(Split.UNLABELLED);
        assertThat(foreign.validation()).isEmpty();
    }

    @Test
    void mixedRowsLieBetweenTwoRows() {
        Split rows = LETTER.train().take(50);
        Split more = rows.mixup(3, 7);
        assertThat(more.size()).isEqualTo(200);
        assertThat(more.labelled().ids()).isEqualTo(rows.ids());
        assertThat(more.features(0, 50)).isEqualTo(rows.features());
        assertThat(more.features()).isEqualTo(rows.mixup(3, 7).features()).isNotEqualTo(rows.mixup(3, 8).features());
        assertThat(more.fingerprint()).isNotEqualTo(rows.fingerprint());
        assertThat(more.validation().orElseThrow().labels()).isEqualTo(LETTER.validation().labels());
        for (int i = 50; i < 200; i++) {
            int made = i;
            assertThat(IntStream.range(0, 50).anyMatch(other -> isBetween(more, made, (made - 50) % 50, other))).isTrue();
        }
    }

    @Test
    void mungedRowsMoveSomeColumnsAndKeepFlagsAsFlags() {
        double[] size = IntStream.range(0, 100).mapToDouble(i -> i * 1.5).toArray();
        double[] flag = IntStream.range(0, 100).mapToDouble(i -> i / 50).toArray();
        String[] label = IntStream.range(0, 100).mapToObj(i -> i % 2 == 0 ? "even" : "odd").toArray(String[]::new);
        Split rows = DataSet.of(Table.create(DoubleColumn.create("size", size), DoubleColumn.create("flag", flag),
                StringColumn.create("label", label)), "label").train();
        Split more = rows.munge(4, 1);
        assertThat(more.size()).isEqualTo(5 * rows.size());
        assertThat(more.features()).isEqualTo(rows.munge(4, 1).features());
        int moved = 0;
        for (int i = rows.size(); i < more.size(); i++) {
            float[] made = more.features(i, i + 1);
            moved += made[0] == rows.features(i % rows.size(), i % rows.size() + 1)[0] ? 0 : 1;
            assertThat(made[1]).isIn(0f, 1f);
        }
        assertThat(moved).isBetween(rows.size(), 3 * rows.size());
    }

    /** Two heaps, 1 wide and 100 apart: towards any other row than a near one, half of the values would leave their heap. */
    @Test
    void mungedRowsMoveTowardsTheirNearestNeighbour() {
        Random random = new Random(1);
        double[] x = IntStream.range(0, 60).mapToDouble(i -> i % 2 * 100 + random.nextDouble()).toArray();
        double[] y = IntStream.range(0, 60).mapToDouble(i -> i % 2 * 100 + random.nextDouble()).toArray();
        String[] label = IntStream.range(0, 60).mapToObj(i -> i % 2 == 0 ? "near" : "far").toArray(String[]::new);
        Split rows = DataSet.of(Table.create(DoubleColumn.create("x", x), DoubleColumn.create("y", y),
                StringColumn.create("label", label)), "label").train();
        Split more = rows.munge(5, 1);
        for (int i = rows.size(); i < more.size(); i++) {
            float[] source = rows.features(i % rows.size(), i % rows.size() + 1);
            float[] made = more.features(i, i + 1);
            for (int column = 0; column < 2; column++) {
                assertThat(Math.abs(made[column] - source[column])).isLessThan(10);
            }
        }
    }

    @Test
    void whatCannotBeAugmentedIsRefused() {
        assertThatThrownBy(() -> dataset("movie-reviews").train().mixup(1, 1)).hasMessageContaining("not texts");
        assertThatThrownBy(() -> dataset("digits").train().munge(1, 1)).hasMessageContaining("images").hasMessageContaining("mixup");
        assertThatThrownBy(() -> LETTER.train().munge(0, 1)).hasMessageContaining("at least once");
    }

    private static boolean isBetween(Split rows, int made, int one, int other) {
        float[] m = rows.features(made, made + 1);
        float[] a = rows.features(one, one + 1);
        float[] b = rows.features(other, other + 1);
        return IntStream.range(0, m.length).allMatch(i -> m[i] >= Math.min(a[i], b[i]) - 1e-4 && m[i] <= Math.max(a[i], b[i]) + 1e-4)
                && !Arrays.equals(m, new float[m.length]);
    }
}
