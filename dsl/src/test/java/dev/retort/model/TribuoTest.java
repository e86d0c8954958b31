package dev.retort.model;

import static dev.retort.Retort.answering;
import static dev.retort.Retort.boostedTrees;
import static dev.retort.Retort.cart;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dkd;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.estimating;
import static dev.retort.Retort.factorisationMachine;
import static dev.retort.Retort.linear;
import static dev.retort.Retort.load;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.randomForest;
import static dev.retort.Retort.reproduce;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.teacherLabels;
import static dev.retort.Retort.tribuo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.data.DataSet;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.distill.Run;
import dev.retort.loss.HardLabels;
import dev.retort.train.Lesson;
import dev.retort.train.Logits;
import dev.retort.train.Monitor;
import dev.retort.train.Progress;
import dev.retort.train.Provenance;
import dev.retort.train.Standardizer;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.baseline.DummyClassifierTrainer;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

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
        return Stream.concat(Stream.of(cart(12), randomForest(20), boostedTrees(5), linear(), factorisationMachine(4)),
                TribuoTrainers.blueprints().stream());
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
    void whatATeacherThinksUnlikelyReachesATreeToo() {
        double[] spread = {0.82, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02};
        Run run = distill(estimating("spread", DIGITS, row -> spread)).into(cart(4)).on(DIGITS.train().take(100)).loss(softTargets(1))
                .run(epochs(1).seed(1));
        float[] said = run.student().scores(DIGITS.test().rows(0, 1));
        for (int c = 0; c < spread.length; c++) {
            assertThat(Math.exp(said[c])).isCloseTo(spread[c], within(1e-3));
        }
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
    void treesSayWhatTheirLibrariesSay() {
        Split rows = DIGITS.train().take(300);
        TribuoInputs inputs = new TribuoInputs(Standardizer.NONE, rows.width());
        Lesson lesson = new Lesson("trees", rows, null, new HardLabels(), epochs(1), progress -> { });
        Dataset<Label> examples = inputs.examples(lesson, true);
        TreeModel<Label> tree = new CARTClassificationTrainer(6).train(examples);
        XGBoostModel<Label> boosted = new XGBoostClassificationTrainer(10, 2, true).train(examples);
        assertAlike(tree, List.of(TreeReader.of(tree, rows.classes())), Says.PROBABILITIES, inputs);
        assertAlike(boosted, TreeReader.of(boosted, rows.classes()), Says.LOGITS, inputs);
    }

    private static void assertAlike(Model<Label> model, List<Tree> trees, Says says, TribuoInputs inputs) {
        Split rows = DIGITS.test();
        Stored.Description description = new Stored.Description(TreesClassifier.KIND, "trees", rows.classes(),
                rows.rowShape().getShape(), List.of(), new float[] {0}, new float[] {1}, TreesClassifier.details(says));
        Classifier ours = new TreesClassifier(new Stored(description, null, TreesClassifier.write(trees)));
        double[] probabilities = Logits.probabilities(ours.scores(rows), 10, 1);
        List<Prediction<Label>> theirs = model.predict(inputs.examples(rows, 0, rows.size()));
        for (int i = 0; i < rows.size(); i++) {
            for (int c = 0; c < 10; c++) {
                double their = theirs.get(i).getOutputScores().get(rows.classes().get(c)).getScore();
                assertThat(probabilities[i * 10 + c]).isFinite().isCloseTo(their, within(1e-5));
            }
        }
    }

    @Test
    void aTrainerThatIgnoresWeightsLearnsTheLikeliestClass() {
        Classifier sevens = answering("sevens", DIGITS, row -> row.id(0) % 10 == 0 ? "1" : "7");
        Run run = distill(sevens).into(tribuo("frequent", DummyClassifierTrainer.createMostFrequentTrainer())).on(DIGITS.train())
                .loss(teacherLabels()).run(epochs(1));
        assertThat(run.student().probabilities(DIGITS.test().take(1), 1).stringColumn("predicted").get(0)).isEqualTo("7");
    }

    @Test
    void aTrainerMayHaveRawFeatures() {
        Blueprint raw = tribuo("tree", new CARTClassificationTrainer(1)).raw();
        assertThat(raw.toString()).isEqualTo("tribuo(\"tree\").raw()");
        assertThat(raw.fit(DIGITS.train(), epochs(1)).scores(DIGITS.test()))
                .isEqualTo(raw.fit(DIGITS.train(), epochs(2)).scores(DIGITS.test()));
    }

    @Test
    void aModelTrainedWithTribuoTeachesByTheNamesOfItsFeatures() throws Exception {
        DataSet letter = dataset("letter");
        Split rows = letter.train().take(1000);
        MutableDataset<Label> examples = new MutableDataset<>(
                new SimpleDataSourceProvenance("elsewhere", OffsetDateTime.now(), new LabelFactory()), new LabelFactory());
        for (int i = 0; i < rows.size(); i++) {
            float[] row = rows.features(i, i + 1);
            double[] values = IntStream.range(0, row.length).mapToDouble(j -> row[j]).toArray();
            examples.add(new ArrayExample<>(new Label(rows.labelName(i)), letter.columns().toArray(String[]::new), values));
        }
        TribuoLog.keepQuiet();
        Model<Label> model = new LogisticRegressionTrainer().train(examples);
        Classifier teacher = tribuo(model, letter);
        assertThat(teacher.says()).isEqualTo(Says.PROBABILITIES);
        for (int i = 0; i < 20; i++) {
            assertThat(teacher.probabilities(rows, 1).stringColumn("predicted").get(i))
                    .isEqualTo(model.predict(examples.getExample(i)).getOutput().getLabel());
        }
        teacher.save(folder.resolve("teacher.retort"));
        assertThat(load(folder.resolve("teacher.retort").toString()).scores(rows)).isEqualTo(teacher.scores(rows));
        assertThatThrownBy(() -> tribuo(model, DIGITS)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("knows a feature '").hasMessageContaining("but digits has none of that name");
    }

    @Test
    void tribuosProvenanceIsKept() {
        Provenance made = cart(4).fit(DIGITS.train(), epochs(1).seed(9)).provenance();
        assertThat(made.trainer()).contains("CARTClassificationTrainer", "maxDepth=4", "seed=9", "tribuo-version=4.3.2");
        assertThat(made.toString()).contains("trained   by Trainer(class-name=org.tribuo.classification.dtree.CARTClassificationTrainer");
        assertThat(reproduce(made).identical()).isTrue();
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
}
