package dev.retort.distill;

import static dev.retort.Retort.cart;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dkd;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.estimating;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.labelSmoothing;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.loss.Loss;
import dev.retort.model.Classifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TransferSetTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final DataSet LETTER = dataset("letter");
    private static final Classifier TEACHER = mlp(64).fit(DIGITS.train(), epochs(20).seed(1));

    @Test
    void aTeacherIsEnoughWhereNoRowHasALabel() {
        Split rows = DIGITS.train().withoutLabels();
        Run run = distill(TEACHER).into(mlp(32)).on(rows).loss(softTargets(2)).run(epochs(20).seed(1));
        assertThat(run.student().accuracy(DIGITS.test())).isGreaterThan(0.85);
        assertThatThrownBy(run::twin).hasMessageContaining("no row of digits/train.withoutLabels() has a label");
    }

    @Test
    void termsThatReadLabelsLeaveOutRowsWithoutOne() {
        Split all = DIGITS.train().take(300);
        Split few = all.withLabels(100);
        for (Loss hard : List.of(hardLabels(), labelSmoothing(0.1), dkd(1, 2, 2))) {
            Run partly = distill(TEACHER).into(mlp(16)).on(few).loss(hard).run(epochs(3).batch(300).seed(1));
            Run onThoseAlone = distill(TEACHER).into(mlp(16)).on(all.take(100)).loss(hard).run(epochs(3).batch(300).seed(1));
            double loss = partly.history().doubleColumn("loss").get(0);
            assertThat(loss).as(hard + " has the mean over labelled rows").isFinite().isPositive();
            assertThat(Math.abs(loss - onThoseAlone.history().doubleColumn("loss").get(0))).isLessThan(0.6);
        }
        Run untaught = distill(TEACHER).into(mlp(16)).on(all.withoutLabels()).loss(hardLabels().plus(softTargets(1))).run(epochs(2).seed(1));
        Run soft = distill(TEACHER).into(mlp(16)).on(all).loss(softTargets(1)).run(epochs(2).seed(1));
        float[] one = untaught.student().scores(DIGITS.test());
        float[] other = soft.student().scores(DIGITS.test());
        assertThat(IntStream.range(0, one.length).mapToDouble(i -> Math.abs(one[i] - other[i])).max().orElseThrow()).isLessThan(1e-4);
    }

    @Test
    void treesLeaveOutRowsForWhichNothingIsAsked() {
        Split few = DIGITS.train().withLabels(100);
        Classifier onHard = distill(TEACHER).into(cart(5)).on(few).loss(hardLabels()).run().student();
        assertThat(onHard.predict(DIGITS.test())).isEqualTo(cart(5).fit(few, epochs(1)).predict(DIGITS.test()));
        assertThat(distill(TEACHER).into(cart(8)).on(few).run().student().accuracy(DIGITS.test())).isGreaterThan(onHard.accuracy(DIGITS.test()));
    }

    @Test
    void aTwinHasTheLabelsAloneAndAsManySteps() {
        Split few = DIGITS.train().take(500).withLabels(100);
        Run run = distill(TEACHER).into(mlp(16)).on(few).run(epochs(2).seed(1));
        assertThat(run.twin().fingerprint()).isEqualTo(mlp(16).fit(few, epochs(10).seed(1)).fingerprint());
        assertThat(run.twin().provenance().rows()).isEqualTo(100);
    }

    @Test
    void anOmittedClassIsLearnedFromTheTeacher() {
        Split rows = DIGITS.train().without("3");
        Run run = distill(TEACHER).into(mlp(32)).on(rows).loss(softTargets(4)).run(epochs(30).seed(1));
        Split threes = DIGITS.test().where(i -> DIGITS.test().label(i) == 3);
        assertThat(mlp(32).fit(rows, epochs(30).seed(1)).accuracy(threes)).isZero();
        assertThat(run.student().accuracy(threes)).isGreaterThan(0.2);
    }

    @Test
    void rowsFromAnotherSourceTeachWhatTheTeacherSaysOfThem() {
        Split noise = dataset("digits").test().withoutLabels(TEACHER.classes());
        Run run = distill(TEACHER).into(mlp(16)).on(noise).loss(softTargets(1)).run(epochs(3).seed(1));
        assertThat(run.student().classes()).isEqualTo(TEACHER.classes());
        assertThat(run.history().doubleColumn("validation accuracy").countMissing()).isEqualTo(3);
        assertThatThrownBy(() -> distill(TEACHER).into(mlp(16)).on(dataset("letter").train().withoutLabels(TEACHER.classes())))
                .hasMessageContaining("takes rows of shape (1, 8, 8)");
    }

    /** Of each column the values that letters have, but no letter: what they are is the teacher's word alone. */
    @Test
    void madeUpRowsOfAnotherTableAreEnoughToLearnFrom() {
        Classifier teacher = mlp(64).fit(LETTER.train().take(4000), epochs(20).seed(1));
        Split rows = shuffledColumns(LETTER.train(), 4000).train().withoutLabels(teacher.classes());
        Run run = distill(teacher).into(mlp(64)).on(rows).loss(softTargets(1)).run(epochs(30).seed(1));
        assertThat(run.student().columns()).isEqualTo(LETTER.columns());
        assertThat(run.student().accuracy(LETTER.test())).as("by chance it were 0.04").isGreaterThan(0.2);
    }

    private static DataSet shuffledColumns(Split like, int rows) {
        Random random = new Random(1);
        Table table = Table.create("made up");
        for (int column = 0; column < like.width(); column++) {
            double[] values = new double[rows];
            for (int row = 0; row < rows; row++) {
                int from = random.nextInt(like.size());
                values[row] = like.features(from, from + 1)[column];
            }
            table.addColumns(DoubleColumn.create(like.columns().get(column), values));
        }
        table.addColumns(StringColumn.create("any", IntStream.range(0, rows).mapToObj(i -> i % 2 == 0 ? "one" : "other")));
        return dataset(table, "any");
    }

    static Stream<Split> withSyntheticRows() {
        Split rows = LETTER.train().take(300);
        return Stream.of(rows.munge(2, 1), rows.mixup(2, 1));
    }

    @ParameterizedTest
    @MethodSource("withSyntheticRows")
    void syntheticRowsAreAnsweredForByTheTeacher(Split more) {
        Map<Integer, float[]> asked = new HashMap<>();
        Classifier teacher = estimating("recording", LETTER, row -> {
            asked.put(row.id(0), row.features());
            return DoubleStream.generate(() -> 1.0 / 26).limit(26).toArray();
        });
        Run run = distill(teacher).into(mlp(8)).on(more).run(epochs(1).seed(1));
        assertThat(run.student().provenance().rows()).isEqualTo(900);
        assertThat(run.student().provenance().data()).isEqualTo(more.name());
        assertThat(more.isLabelled()).isFalse();
        for (int i = 0; i < more.size(); i++) {
            assertThat(asked.get(more.id(i))).as("row " + i).isEqualTo(more.features(i, i + 1));
        }
    }
}
