package dev.retort.model;

import static dev.retort.Retort.boostedTrees;
import static dev.retort.Retort.cart;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dkd;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.factorisationMachine;
import static dev.retort.Retort.linear;
import static dev.retort.Retort.load;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.randomForest;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.tribuo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.data.DataSet;
import dev.retort.data.Says;
import dev.retort.distill.Run;
import dev.retort.train.Monitor;
import dev.retort.train.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.Hinge;
import org.tribuo.math.optimisers.AdaGrad;

class TribuoTest {
    private static final DataSet DIGITS = dataset("digits");

    private static Classifier teacher;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainTheTeacher() {
        teacher = mlp(64).fit(DIGITS.train(), epochs(20).seed(1));
    }

    @AfterEach
    void stopWatching() {
        Monitor.use(() -> progress -> { });
        Thread.interrupted();
    }

    static Stream<Blueprint> blueprints() {
        return Stream.of(cart(12), randomForest(20), boostedTrees(5), linear(), factorisationMachine(4), supportVectors());
    }

    @ParameterizedTest
    @MethodSource("blueprints")
    void everyKindLearnsDigits(Blueprint blueprint) {
        Classifier classifier = blueprint.fit(DIGITS.train(), epochs(5).seed(1));
        assertThat(classifier.accuracy(DIGITS.test())).isGreaterThan(0.75);
        assertThat(classifier.name()).isEqualTo(blueprint.toString());
    }

    @ParameterizedTest
    @MethodSource("blueprints")
    void theSameSeedGivesTheSameModelBitByBit(Blueprint blueprint) {
        Classifier one = blueprint.fit(DIGITS.train().take(300), epochs(2).seed(1));
        Classifier again = blueprint.fit(DIGITS.train().take(300), epochs(2).seed(1));
        assertThat(again.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(again.scores(DIGITS.test())).isEqualTo(one.scores(DIGITS.test()));
    }

    @ParameterizedTest
    @MethodSource("blueprints")
    void aSavedModelAnswersTheSameBitByBit(Blueprint blueprint) throws Exception {
        Classifier saved = blueprint.fit(DIGITS.train().take(300), epochs(1).seed(1));
        Path file = folder.resolve("saved.retort");
        saved.save(file);
        Classifier loaded = load(file.toString());
        assertThat(loaded.scores(DIGITS.test())).isEqualTo(saved.scores(DIGITS.test()));
        assertThat(loaded.fingerprint()).isEqualTo(saved.fingerprint());
        assertThat(loaded.provenance()).isEqualTo(saved.provenance());
        assertThat(loaded.says()).isEqualTo(saved.says());
        assertThat(loaded.parameters()).isEqualTo(saved.parameters());
    }

    @ParameterizedTest
    @MethodSource("blueprints")
    void aNetworkTeachesEveryKindWithoutLabels(Blueprint blueprint) {
        Run run = distill(teacher).into(blueprint).on(DIGITS.train().take(600)).loss(softTargets(1)).run(epochs(5).seed(1));
        assertThat(run.history().doubleColumn("agreement").get(0)).isGreaterThan(0.7);
        assertThat(run.student().provenance().teacher().fingerprint()).isEqualTo(teacher.fingerprint());
    }

    @Test
    void aForestTeachesANetwork() {
        Classifier forest = randomForest(50).fit(DIGITS.train(), epochs(1).seed(1));
        assertThat(forest.says()).isEqualTo(Says.PROBABILITIES);
        Run run = distill(forest).into(mlp(32)).on(DIGITS.train()).loss(softTargets(1)).run(epochs(40).seed(1));
        assertThat(run.student().accuracy(DIGITS.test())).isGreaterThan(0.85);
    }

    @Test
    void aLossWithoutAnswerInWeightsIsRefusedBeforeTheTeacherIsAsked() {
        List<Progress> shown = new ArrayList<>();
        Monitor.use(() -> shown::add);
        assertThatThrownBy(() -> distill(teacher).into(cart(4)).on(DIGITS.train()).loss(dkd(1, 8, 4)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("dkd(1, 8, 4) cannot be put as labels with weights");
        assertThat(shown).isEmpty();
    }

    @Test
    void anInterruptedForestKeepsTheTreesSoFar() {
        Monitor.use(() -> progress -> {
            if (progress.stage().startsWith("tree ")) {
                Thread.currentThread().interrupt();
            }
        });
        Classifier forest = randomForest(5000).fit(DIGITS.train(), epochs(1).seed(1));
        assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
        assertThat(forest.provenance().interrupted()).isTrue();
        assertThat(forest.accuracy(DIGITS.test())).isGreaterThan(0.5);
    }

    @Test
    void numbersThatMakeNoModelAreRefused() {
        assertThatThrownBy(() -> cart(0)).hasMessageContaining("cart(0)");
        assertThatThrownBy(() -> randomForest(0)).hasMessageContaining("randomForest(0)");
        assertThatThrownBy(() -> boostedTrees(0)).hasMessageContaining("boostedTrees(0)");
        assertThatThrownBy(() -> factorisationMachine(0)).hasMessageContaining("factorisationMachine(0)");
        assertThatThrownBy(() -> linear().fit(DIGITS.train().rows(0, 0), epochs(1))).hasMessageContaining("is empty");
        assertThatThrownBy(() -> tribuo("broken", options -> {
            throw new IllegalStateException("no kernel");
        }).fit(DIGITS.train(), epochs(1))).hasMessageContaining("tribuo(\"broken\")").hasMessageContaining("no kernel");
    }

    /** One that says labels only. */
    private static Blueprint supportVectors() {
        return tribuo("svm", options -> new LinearSGDTrainer(new Hinge(), new AdaGrad(0.1, 0.1), options.epochs(), options.seed()));
    }
}
