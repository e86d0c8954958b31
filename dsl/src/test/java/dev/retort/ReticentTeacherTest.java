package dev.retort;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.dist;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dkd;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.hint;
import static dev.retort.Retort.jsd;
import static dev.retort.Retort.logitsMse;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.randomForest;
import static dev.retort.Retort.softCosine;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.standardised;
import static dev.retort.Retort.teacherLabels;
import static dev.retort.Retort.tribuo;
import static dev.retort.Retort.uld;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.data.DataSet;
import dev.retort.distill.Run;
import dev.retort.loss.Loss;
import dev.retort.model.Classifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.Hinge;
import org.tribuo.math.optimisers.AdaGrad;

/** Teachers that say probabilities but no logits, or labels and nothing else. */
class ReticentTeacherTest {
    private static final DataSet DIGITS = dataset("digits");
    private static Classifier forest;
    private static Classifier labelsAlone;

    @BeforeAll
    static void trainTheTeachers() {
        forest = randomForest(30).fit(DIGITS.train(), epochs(1).seed(1));
        labelsAlone = tribuo("svm", options -> new LinearSGDTrainer(new Hinge(), new AdaGrad(0.1, 0.1), options.epochs(), options.seed()))
                .fit(DIGITS.train(), epochs(5).seed(1));
    }

    @Test
    void labelsAloneTeach() {
        Run run = distill(labelsAlone).into(mlp(32)).on(DIGITS.train()).loss(teacherLabels()).run(epochs(20).seed(1));
        assertThat(run.history().doubleColumn("agreement").get(19)).isGreaterThan(0.8);
    }

    static Stream<Loss> onProbabilities() {
        return Stream.of(softTargets(2), dkd(1, 2, 2), dist(1), jsd(0.5), uld(), softCosine(2));
    }

    /** A forest is sure of many rows: it gives most classes the probability 0. */
    @ParameterizedTest
    @MethodSource("onProbabilities")
    void probabilitiesAreEnoughForWhatSeesThemAlone(Loss loss) {
        Run run = distill(forest).into(mlp(32)).on(DIGITS.train()).loss(loss).run(epochs(4).seed(1));
        assertThat(run.history().doubleColumn("loss").asList()).hasSize(4).allSatisfy(value -> assertThat(value).isFinite());
        assertThat(run.history().doubleColumn("loss").get(3)).isLessThan(run.history().doubleColumn("loss").get(0));
    }

    @Test
    void whatATeacherCannotSayIsRefusedWhenItIsDeclared() {
        refused(labelsAlone, softTargets(4).times(0.5).plus(hardLabels()),
                "softTargets(4) needs probabilities, but tribuo(\"svm\") says labels only; teacherLabels() learns from them");
        refused(labelsAlone, hint(), "the teacher has none; its layers: {}");
        refused(forest, hardLabels().plus(logitsMse()),
                "logitsMse() needs logits, but randomForest(30) says probabilities only; softTargets(…) learns from them");
        refused(forest, standardised(2), "standardised(2) needs logits");
    }

    private static void refused(Classifier teacher, Loss loss, String message) {
        assertThatThrownBy(() -> distill(teacher).into(mlp(8)).on(DIGITS.train()).loss(loss))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
