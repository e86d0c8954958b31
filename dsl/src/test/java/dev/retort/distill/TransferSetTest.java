package dev.retort.distill;

import static dev.retort.Retort.cart;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dkd;
import static dev.retort.Retort.epochs;
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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransferSetTest {
    private static final DataSet DIGITS = dataset("digits");
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

    @Test
    void syntheticRowsAreAnsweredForByTheTeacher() {
        DataSet letter = dataset("letter");
        Classifier teacher = mlp(32).fit(letter.train().take(2000), epochs(5).seed(1));
        Split more = letter.train().take(500).munge(2, 1);
        Run run = distill(teacher).into(mlp(8)).on(more).run(epochs(2).seed(1));
        assertThat(run.student().provenance().rows()).isEqualTo(1500);
        assertThat(run.student().provenance().data()).isEqualTo("letter/train.take(500).munge(2, 1)");
        assertThat(run.history().doubleColumn("validation accuracy").get(1)).isBetween(0.0, 1.0);
    }
}
