package dev.retort.model;

import static dev.retort.Retort.answering;
import static dev.retort.Retort.cart;
import static dev.retort.Retort.csv;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.ensemble;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.estimating;
import static dev.retort.Retort.load;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.teacherLabels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.data.DataSet;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.distill.Run;
import dev.retort.train.Logits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final Split ROWS = DIGITS.test().take(20);
    private static Classifier net;
    private static Classifier tree;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainTheMembers() {
        net = mlp(16).fit(DIGITS.train(), epochs(5).seed(1));
        tree = cart(8).fit(DIGITS.train(), epochs(1).seed(1));
    }

    @Test
    void anEnsembleSaysTheMeanOfProbabilities() {
        double[] mean = probabilities(ensemble(net, tree));
        double[] one = probabilities(net);
        double[] other = probabilities(tree);
        for (int i = 0; i < mean.length; i++) {
            assertThat(mean[i]).isFinite().isCloseTo((one[i] + other[i]) / 2, within(1e-5));
        }
        assertThat(ensemble(net, tree).says()).isEqualTo(Says.PROBABILITIES);
        assertThat(ensemble(net, tree).name()).isEqualTo("ensemble(mlp(16), cart(8))");
        assertThat(ensemble(net, tree).bytes()).isEqualTo(net.bytes() + tree.bytes());
    }

    @Test
    void membersCountAsMuchAsTheirWeights() {
        double[] mean = probabilities(ensemble(net, tree).weights(3, 1));
        double[] one = probabilities(net);
        double[] other = probabilities(tree);
        for (int i = 0; i < mean.length; i++) {
            assertThat(mean[i]).isFinite().isCloseTo(0.75 * one[i] + 0.25 * other[i], within(1e-5));
        }
    }

    @Test
    void weightsMayDifferFromRowToRow() {
        Ensemble chosen = ensemble(net, tree).weights(row -> row.label(0) == 3 ? new double[] {0, 1} : new double[] {1, 0});
        double[] said = probabilities(chosen);
        double[] one = probabilities(net);
        double[] other = probabilities(tree);
        for (int i = 0; i < said.length; i++) {
            assertThat(said[i]).isFinite().isCloseTo(ROWS.label(i / 10) == 3 ? other[i] : one[i], within(1e-5));
        }
        assertThatThrownBy(() -> ensemble(net, tree).weights(row -> new double[] {1}).scores(ROWS))
                .hasMessageContaining("could not weigh row " + ROWS.id(0)).hasMessageContaining("needs as many weights");
    }

    @Test
    void logitsHaveAMeanToo() {
        Ensemble twice = ensemble(net, net).weights(1, 2).ofLogits();
        float[] expected = net.scores(ROWS);
        float[] said = twice.scores(ROWS);
        for (int i = 0; i < said.length; i++) {
            assertThat(said[i]).isFinite().isCloseTo(expected[i], within(1e-4f));
        }
        assertThat(twice.says()).isEqualTo(Says.LOGITS);
        assertThatThrownBy(() -> ensemble(net, tree).ofLogits()).hasMessageContaining("cart(8) says probabilities only");
    }

    @Test
    void equalEnsemblesHaveEqualFingerprints() {
        assertThat(ensemble(net, tree).fingerprint()).isEqualTo(ensemble(net, tree).fingerprint())
                .isNotEqualTo(ensemble(tree, net).fingerprint()).isNotEqualTo(ensemble(net, tree).weights(1, 2).fingerprint());
        assertThat(ensemble(net, tree).weights(row -> new double[] {1, 1}).fingerprint())
                .isNotEqualTo(ensemble(net, tree).weights(row -> new double[] {1, 1}).fingerprint());
    }

    @Test
    void anEnsembleTeaches() {
        Run run = distill(ensemble(net, tree)).into(mlp(16)).on(DIGITS.train()).loss(softTargets(1)).run(epochs(20).seed(1));
        assertThat(run.history().doubleColumn("agreement").get(19)).isGreaterThan(0.8);
        assertThat(run.student().provenance().teacher().name()).isEqualTo("ensemble(mlp(16), cart(8))");
    }

    @Test
    void aFunctionThatNamesClassesTeachesTheirLabels() {
        Classifier rule = answering("brightness", DIGITS, row -> bright(row) ? "8" : "1");
        assertThat(rule.says()).isEqualTo(Says.LABELS);
        Run run = distill(rule).into(mlp(16)).on(DIGITS.train()).loss(teacherLabels()).run(epochs(30).seed(1));
        assertThat(run.history().doubleColumn("agreement").get(29)).isGreaterThan(0.8);
        assertThatThrownBy(() -> distill(rule).into(mlp(4)).on(DIGITS.train()).loss(softTargets(2)))
                .hasMessageContaining("answering(\"brightness\")").hasMessageContaining("labels");
    }

    @Test
    void aFunctionMayGiveProbabilities() {
        Classifier half = estimating("half", DIGITS, row -> new double[] {0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0.5});
        double[] said = probabilities(half);
        assertThat(said[0]).isFinite().isCloseTo(0.5, within(1e-5));
        assertThat(said[1]).isFinite().isCloseTo(0, within(1e-5));
        assertThat(half.says()).isEqualTo(Says.PROBABILITIES);
    }

    @Test
    void aFunctionThatGivesNonsenseIsStoppedWithTheRow() {
        assertThatThrownBy(() -> estimating("wrong", DIGITS, row -> new double[] {1, 1}).scores(ROWS))
                .hasMessageContaining("estimating(\"wrong\") failed for row " + ROWS.id(0)).hasMessageContaining("[1.0, 1.0]");
        assertThatThrownBy(() -> answering("wrong", DIGITS, row -> "ten").scores(ROWS))
                .hasMessageContaining("it gave 'ten', which is none of 10 classes");
        assertThatThrownBy(() -> answering("wrong", DIGITS, row -> {
            throw new IOException("no answer");
        }).scores(ROWS)).hasMessageContaining("no answer");
        assertThatThrownBy(() -> answering("mine", DIGITS, row -> "1").save(folder.resolve("mine.retort")))
                .isInstanceOf(IOException.class).hasMessageContaining("answering(\"mine\") has no file of its own");
    }

    @Test
    void columnsInAnotherOrderAreRefused() throws Exception {
        DataSet sides = csv(file("sides.csv", "width,height,kind\n", i -> i + "," + 2 * i), "kind");
        DataSet turned = csv(file("turned.csv", "height,width,kind\n", i -> 2 * i + "," + i), "kind");
        for (Classifier teacher : List.of(mlp(4).fit(sides.train(), epochs(1)), cart(2).fit(sides.train(), epochs(1)))) {
            teacher.save(folder.resolve("teacher.retort"));
            for (Classifier each : List.of(teacher, load(folder.resolve("teacher.retort").toString()), ensemble(teacher, teacher))) {
                assertThat(each.columns()).containsExactly("width", "height");
                assertThat(each.scores(sides.test())).isNotEmpty();
                assertThatThrownBy(() -> each.scores(turned.test()))
                        .hasMessageContaining("column 1 of the rows that " + each.name() + " takes is 'width', but that of turned/test is 'height'")
                        .hasMessageContaining("the same columns in the same order");
            }
        }
        Classifier one = mlp(4).fit(sides.train(), epochs(1));
        Classifier other = cart(2).fit(turned.train(), epochs(1));
        Classifier unknowing = estimating("function", sides, row -> new double[] {1, 0});
        assertThat(ensemble(unknowing, one).columns()).isEqualTo(one.columns());
        for (Classifier first : List.of(one, unknowing)) {
            assertThatThrownBy(() -> ensemble(first, one, other)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("an ensemble needs members for the same columns, but column 1 of mlp(4) is 'width', that of cart(2) is 'height'");
        }
    }

    private String file(String name, String header, IntFunction<String> features) throws IOException {
        String rows = IntStream.range(0, 60).mapToObj(i -> features.apply(i) + "," + (i % 2 == 0 ? "even" : "odd")).collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve(name), header + rows + "\n").toString();
    }

    @Test
    void classesInAnotherOrderAreRefusedAndCanBePutRight() throws Exception {
        DataSet numbers = csv(table("numbers.csv", "1", "2", "3"), "kind");
        DataSet backwards = csv(table("backwards.csv", "c3", "b2", "a1"), "kind");
        Classifier first = cart(2).fit(numbers.train(), epochs(1));
        Classifier other = mlp(2).fit(backwards.train(), epochs(1)).inOrderOf(backwards.classes());
        Classifier turned = other.inOrderOf(List.of("c3", "b2", "a1"));
        assertThatThrownBy(() -> turned.scores(backwards.test()))
                .hasMessageContaining("are in the order [c3, b2, a1]").hasMessageContaining("inOrderOf(data.classes())");
        assertThat(turned.inOrderOf(backwards.classes()).scores(backwards.test())).isEqualTo(other.scores(backwards.test()));
        assertThatThrownBy(() -> ensemble(first, other)).hasMessageContaining("the same rows and classes")
                .hasMessageContaining("[1, 2, 3]").hasMessageContaining("[a1, b2, c3]");
        assertThatThrownBy(() -> first.inOrderOf(backwards.classes())).hasMessageContaining("more than another order");
    }

    private Path table(String name, String... kinds) throws IOException {
        StringBuilder lines = new StringBuilder("size,kind\n");
        for (int i = 0; i < 60; i++) {
            lines.append(i).append(',').append(kinds[i % kinds.length]).append('\n');
        }
        return Files.writeString(folder.resolve(name), lines);
    }

    private static boolean bright(Split row) {
        float sum = 0;
        for (float pixel : row.features()) {
            sum += pixel;
        }
        return sum > 320;
    }

    private static double[] probabilities(Classifier classifier) {
        return Logits.probabilities(classifier.scores(ROWS), 10, 1);
    }
}
