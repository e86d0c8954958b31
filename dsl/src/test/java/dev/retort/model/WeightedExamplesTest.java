package dev.retort.model;

import static dev.retort.Retort.boostedTrees;
import static dev.retort.Retort.cart;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.estimating;
import static dev.retort.Retort.factorisationMachine;
import static dev.retort.Retort.linear;
import static dev.retort.Retort.randomForest;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.tribuo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.train.Logits;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** How soft targets reach models that take labels. */
class WeightedExamplesTest {
    private static final int ROWS = 400;
    private static final DataSet COINS = dataset(Table.create("coins",
            DoubleColumn.create("x", IntStream.range(0, ROWS).mapToDouble(i -> i % 5).toArray()),
            DoubleColumn.create("y", IntStream.range(0, ROWS).mapToDouble(i -> i % 3).toArray()),
            StringColumn.create("side", IntStream.range(0, ROWS).mapToObj(i -> i % 2 == 0 ? "head" : "tail"))), "side");

    static Stream<Blueprint> kindsThatHeedWeights() {
        return Stream.of(linear(), factorisationMachine(4), cart(3), randomForest(30), boostedTrees(20),
                tribuo("logistic", new LogisticRegressionTrainer()));
    }

    @ParameterizedTest
    @MethodSource("kindsThatHeedWeights")
    void aTeachersDoubtReachesTheStudent(Blueprint blueprint) {
        Classifier doubting = estimating("doubting", COINS, row -> new double[] {0.7, 0.3});
        Classifier student = distill(doubting).into(blueprint).on(COINS.train()).loss(softTargets(1)).run(epochs(10).seed(1)).student();
        double[] said = Logits.probabilities(student.scores(COINS.test()), 2, 1);
        for (int i = 0; i < said.length; i += 2) {
            assertThat(said[i]).isCloseTo(0.7, within(0.1));
        }
    }

    static List<Blueprint> kindsThatIgnoreWeights() {
        return List.of(tribuo("neighbours", TribuoTrainers.neighbours()), tribuo("liblinear", TribuoTrainers.libLinear()));
    }

    @ParameterizedTest
    @MethodSource("kindsThatIgnoreWeights")
    void whoIgnoresWeightsLearnsTheLikeliestClass(Blueprint blueprint) {
        Classifier leaning = estimating("leaning", COINS, row -> row.features()[0] < 2.5 ? new double[] {0.6, 0.4} : new double[] {0.4, 0.6});
        Classifier student = distill(leaning).into(blueprint).on(COINS.train()).loss(softTargets(1)).run(epochs(1)).student();
        assertThat(student.predict(COINS.test())).isEqualTo(leaning.predict(COINS.test()));
    }

    static Stream<Blueprint> kinds() {
        return Stream.concat(kindsThatHeedWeights(), kindsThatIgnoreWeights().stream());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aClassWithoutAnExampleIsAsGoodAsImpossible(Blueprint blueprint) {
        Split rows = dataset("digits").train().take(400).without("3");
        Classifier student = blueprint.fit(rows, epochs(2).seed(1));
        double[] said = Logits.probabilities(student.scores(dataset("digits").test()), 10, 1);
        for (int i = 3; i < said.length; i += 10) {
            assertThat(said[i]).isLessThan(1e-4);
        }
    }
}
