package dev.retort.distill;

import static dev.retort.Retort.block;
import static dev.retort.Retort.cosine;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.hint;
import static dev.retort.Retort.load;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.reproduce;
import static dev.retort.Retort.sgd;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.train.Monitor;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ReproductionTest {
    private static final DataSet DIGITS = dataset("digits");

    @AfterEach
    void stopWatching() {
        Monitor.use(() -> progress -> { });
        Thread.interrupted();
    }

    @Test
    void aStudentIsMadeAgainFromItsFileAlone(@TempDir Path folder) throws Exception {
        Classifier teacher = mlp(32, 16).fit(DIGITS.train(), epochs(2).seed(1).optimizer(sgd(0.1).momentum(0.9)).rate(cosine(1, 0)));
        Classifier student = distill(teacher).into(mlp(8)).on(DIGITS.train().take(300).rows(10, 250))
                .loss(softTargets(4).times(cosine(1, 0)).plus(hardLabels().times(0.1)).plus(hint("layer.4").guides("layer.2")))
                .run(epochs(3).seed(7).batch(50).learningRate(3e-4).clip(1).best()).student();
        String file = folder.resolve("student.retort").toString();
        student.save(file);
        Reproduction again = reproduce(load(file).provenance());
        assertThat(again.identical()).isTrue();
        assertThat(again.classifier().fingerprint()).isEqualTo(student.fingerprint());
        assertThat(again).hasToString("mlp(8): bitwise the same again");
    }

    @Test
    void whatNoRecipeCanNameIsGiven() {
        Blueprint own = block("own", () -> new SequentialBlock().add(Blocks.batchFlattenBlock(2)).add(Linear.builder().setUnits(2).build()));
        DataSet data = dataset(Table.create("mine",
                DoubleColumn.create("a", IntStream.range(0, 200).mapToDouble(Math::sin).toArray()),
                DoubleColumn.create("b", IntStream.range(0, 200).mapToDouble(Math::cos).toArray()),
                StringColumn.create("label", IntStream.range(0, 200).mapToObj(i -> Math.sin(i) > 0.2 ? "high" : "low"))), "label");
        Split some = data.train().where(i -> i % 2 == 0);
        Classifier made = own.fit(some, epochs(2));
        assertThat(reproduce(made.provenance(), some, own).identical()).isTrue();
        assertThat(reproduce(mlp(4).fit(data.train(), epochs(2)).provenance(), data).identical()).isTrue();
        assertThatThrownBy(() -> reproduce(made.provenance(), own))
                .hasMessageContaining("mine/train.where(…) is your own, give it after the provenance");
        assertThatThrownBy(() -> reproduce(made.provenance(), some))
                .hasMessageContaining("block(\"own\") is your own, give it after the provenance");
        assertThatThrownBy(() -> reproduce(made.provenance(), "mine")).hasMessageContaining("not String");
    }

    static Stream<Split> cuts() {
        Split digits = DIGITS.train();
        Split letters = dataset("letter").train().take(300);
        return Stream.of(digits.without("7", "3"), digits.withLabels(100), digits.sample(200, 5).withoutLabels(), digits.take(200).mixup(1, 4),
                digits.shifted(1), digits.take(200).flipped().cropped(2), letters.munge(2, 1), letters.munge(1, 1).withLabels(50));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void rowsAreCutAgainByTheirName(Split rows) {
        Classifier teacher = mlp(8).fit(dataset(rows.name().split("/")[0]).train().take(500), epochs(1));
        Classifier student = distill(teacher).into(mlp(4)).on(rows).run(epochs(2).seed(3)).student();
        assertThat(student.provenance().data()).isEqualTo(rows.name());
        assertThat(reproduce(student.provenance()).identical()).isTrue();
    }

    @Test
    void aDifferenceIsToldWithWhatMayHaveMadeIt() {
        Classifier made = own(4).fit(DIGITS.train(), epochs(1));
        Reproduction again = reproduce(made.provenance(), own(8));
        assertThat(again.identical()).isFalse();
        assertThat(again.toString().lines()).containsExactly("block(\"own\"): not bitwise the same again",
                line("first     ", made), line("again     ", again.classifier()));
    }

    private static String line(String which, Classifier classifier) {
        return which + classifier.fingerprint().substring(0, 12) + " on " + classifier.provenance().device() + ", " + classifier.provenance().versions();
    }

    /** Of the same name, whatever its width. */
    private static Blueprint own(int width) {
        return block("own", () -> new SequentialBlock().add(Blocks.batchFlattenBlock(64))
                .add(Linear.builder().setUnits(width).build()).add(Linear.builder().setUnits(10).build()));
    }

    @Test
    void anInterruptedTrainingHasNoRecipe() {
        Monitor.use(() -> progress -> {
            if (progress.stage().equals("epoch 1 of 2")) {
                Thread.currentThread().interrupt();
            }
        });
        Classifier made = mlp(4).fit(DIGITS.train(), epochs(2));
        stopWatching();
        assertThatThrownBy(() -> reproduce(made.provenance())).hasMessageContaining("mlp(4) was interrupted after ");
    }
}
