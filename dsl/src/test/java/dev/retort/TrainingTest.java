package dev.retort;

import static dev.retort.Retort.block;
import static dev.retort.Retort.cnn;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.device;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.resnet;
import static dev.retort.Retort.stepwise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumingThat;

import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.model.Diverged;
import dev.retort.train.Monitor;
import dev.retort.train.Progress;
import dev.retort.train.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TrainingTest {
    private static final DataSet DIGITS = dataset("digits");

    private final List<Progress> shown = new ArrayList<>();

    @AfterEach
    void stopWatching() {
        Monitor.use(() -> progress -> { });
        Thread.interrupted();
    }

    @Test
    void anMlpLearnsDigits() {
        assertThat(mlp(64).fit(DIGITS.train(), epochs(30).seed(1)).accuracy(DIGITS.test())).isGreaterThan(0.9);
    }

    @Test
    void aCnnLearnsDigits() {
        assertThat(cnn(8, 16).fit(DIGITS.train(), epochs(20).seed(1)).accuracy(DIGITS.test())).isGreaterThan(0.9);
    }

    @Test
    void aResidualNetworkLearnsDigits() {
        assertThat(resnet(8, 16).fit(DIGITS.train(), epochs(6).batch(16).seed(1)).accuracy(DIGITS.test())).isGreaterThan(0.9);
    }

    @Test
    void aBlockOfOnesOwnLearnsDigits() {
        Classifier classifier = withDropout().fit(DIGITS.train(), epochs(30).seed(1));
        assertThat(classifier.name()).isEqualTo("block(\"normed\")");
        assertThat(classifier.accuracy(DIGITS.test())).isGreaterThan(0.9);
    }

    @Test
    void columnsOfDifferentScalesAreLearnedAlike() {
        Random random = new Random(1);
        double[] large = random.doubles(2000, 0, 1e6).toArray();
        double[] small = random.doubles(2000, 0, 1e-3).toArray();
        String[] label = IntStream.range(0, 2000).mapToObj(i -> small[i] > 5e-4 ? "high" : "low").toArray(String[]::new);
        DataSet scales = dataset(Table.create(DoubleColumn.create("large", large), DoubleColumn.create("small", small),
                StringColumn.create("label", label)), "label");
        assertThat(mlp(16).fit(scales.train(), epochs(40).seed(1)).accuracy(scales.test())).isGreaterThan(0.9);
    }

    @Test
    void theSameSeedGivesTheSameStudentBitByBit() {
        for (Blueprint blueprint : List.of(mlp(16), cnn(4), resnet(4, 4), withDropout())) {
            Classifier one = blueprint.fit(DIGITS.train(), epochs(2).seed(7));
            Classifier again = blueprint.fit(DIGITS.train(), epochs(2).seed(7));
            Classifier other = blueprint.fit(DIGITS.train(), epochs(2).seed(8));
            assertThat(again.fingerprint()).isEqualTo(one.fingerprint());
            assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
        }
    }

    @Test
    void aClassifierAnswersInInferenceMode() {
        Classifier classifier = withDropout().fit(DIGITS.train(), epochs(2).seed(1));
        Split rows = DIGITS.test();
        float[] all = classifier.scores(rows);
        float[] again = classifier.scores(rows);
        float[] alone = classifier.scores(rows.rows(5, 6));
        assertThat(again).isEqualTo(all);
        for (int c = 0; c < 10; c++) {
            assertThat(alone[c]).as("a row's logits do not depend on the rows beside it").isCloseTo(all[50 + c], within(1e-4f));
        }
    }

    @Test
    void progressIsShownToTheEnd() {
        Monitor.use(() -> shown::add);
        mlp(16).fit(DIGITS.train(), epochs(3).seed(1));
        Progress last = shown.get(shown.size() - 1);
        assertThat(shown).extracting(Progress::title).containsOnly("mlp(16) on digits/train");
        assertThat(shown).extracting(Progress::fraction).isSorted();
        assertThat(last.state()).isEqualTo(Progress.State.DONE);
        assertThat(last.stage()).isEqualTo("epoch 3 of 3");
        assertThat(last.validationAccuracy()).isBetween(0.0, 1.0);
        assertThat(last.toString()).contains("mlp(16) on digits/train: epoch 3 of 3", "rows/s", "cpu");
    }

    @Test
    void anInterruptedTrainingKeepsTheStudentSoFar() {
        Monitor.use(() -> progress -> {
            shown.add(progress);
            if (progress.stage().equals("epoch 2 of 1000") && progress.fraction() >= 0.002) {
                Thread.currentThread().interrupt();
            }
        });
        Classifier classifier = mlp(64).fit(DIGITS.train(), epochs(1000).seed(1));
        assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
        assertThat(classifier.provenance().interrupted()).isTrue();
        assertThat(classifier.provenance().epochs()).isEqualTo(2);
        assertThat(classifier.accuracy(DIGITS.test())).isGreaterThan(0.3);
        assertThat(shown.get(shown.size() - 1).state()).isEqualTo(Progress.State.INTERRUPTED);
    }

    @Test
    void anInterruptBeforeTheFirstStepLeavesNoStudent() {
        Monitor.use(() -> progress -> {
            shown.add(progress);
            Thread.currentThread().interrupt();
        });
        assertThatThrownBy(() -> mlp(8).fit(DIGITS.train(), epochs(1))).isInstanceOf(CancellationException.class)
                .hasMessageContaining("interrupted while digits/train was prepared");
        assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
        assertThat(shown.get(shown.size() - 1).state()).isEqualTo(Progress.State.INTERRUPTED);
    }

    @Test
    void aLossThatIsNoNumberEndsTheTrainingAndItsTermIsNamed() {
        Monitor.use(() -> shown::add);
        assertThatThrownBy(() -> mlp(16).fit(DIGITS.train(), epochs(3).learningRate(1e30)))
                .isInstanceOfSatisfying(Diverged.class, diverged -> assertThat(diverged.student()).isEmpty())
                .hasMessageContaining("in epoch 1 by hardLabels() in batch 2")
                .hasMessageContaining("lower the learning rate, now 1.0E30");
        assertThat(shown.get(shown.size() - 1).state()).isEqualTo(Progress.State.FAILED);
        assertThat(shown.get(shown.size() - 1).stage()).contains("by hardLabels()");
    }

    @Test
    void theStudentBeforeTheLossBecameNoNumberIsKept() {
        TrainingOptions options = epochs(4).seed(1).rate(stepwise(1e30, 0.5)); // the rate explodes in epoch 3
        Classifier good = mlp(16).fit(DIGITS.train(), epochs(2).seed(1));
        assertThatThrownBy(() -> mlp(16).fit(DIGITS.train(), options))
                .hasMessageContaining("in epoch 3").hasMessageContaining("student() of this error is that of epoch 2")
                .isInstanceOfSatisfying(Diverged.class, diverged ->
                        assertThat(diverged.student().orElseThrow().fingerprint()).isEqualTo(good.fingerprint()));
    }

    @Test
    void withPatienceTheBestEpochOnValidationRowsIsKept() {
        Classifier patient = mlp(32).fit(DIGITS.train(), epochs(200).seed(1).learningRate(0.01).patience(3));
        int kept = patient.provenance().kept();
        assertThat(patient.provenance().epochs()).isEqualTo(kept + 3).isLessThan(200);
        Classifier bestOf = mlp(32).fit(DIGITS.train(), epochs(kept + 2).seed(1).learningRate(0.01).best());
        assertThat(bestOf.fingerprint()).isEqualTo(patient.fingerprint());
        Classifier thatFar = mlp(32).fit(DIGITS.train(), epochs(kept).seed(1).learningRate(0.01));
        assertThat(thatFar.fingerprint()).isEqualTo(patient.fingerprint());
        assertThatThrownBy(() -> mlp(32).fit(DIGITS.test(), epochs(9).patience(3)))
                .hasMessageContaining("digits/test has none; train on rows of a train split");
    }

    @Test
    void whatCannotBeTrainedIsRefusedBeforeTheFirstEpoch() {
        Monitor.use(() -> shown::add);
        Split rows = DIGITS.train();
        assertThatThrownBy(() -> epochs(0)).hasMessageContaining("epochs(0): at least one epoch");
        assertThatThrownBy(() -> epochs(1).batch(0)).hasMessageContaining("batch(0)");
        assertThatThrownBy(() -> epochs(1).learningRate(Double.NaN)).hasMessageContaining("learningRate(NaN)");
        assumingThat(!device().isGpu(), () -> assertThatThrownBy(() -> mlp(8).fit(rows, epochs(1).mixedPrecision()))
                .hasMessageContaining("mixedPrecision() needs a GPU"));
        assertThatThrownBy(() -> mlp()).hasMessageContaining("mlp() needs at least one width");
        assertThatThrownBy(() -> mlp(32, 0)).hasMessageContaining("mlp(32, 0)");
        assertThatThrownBy(() -> mlp(8).fit(rows.rows(0, 0), epochs(1))).hasMessageContaining("is empty");
        assertThatThrownBy(() -> cnn(4).fit(dataset("letter").train(), epochs(1)))
                .hasMessageContaining("cnn(4) needs images").hasMessageContaining("(16)").hasMessageContaining("use mlp(…)");
        assertThatThrownBy(() -> cnn(4, 4, 4, 4).fit(rows, epochs(1))).hasMessageContaining("8 × 8");
        assertThatThrownBy(() -> block("narrow", () -> new SequentialBlock().add(Blocks.batchFlattenBlock(64))
                .add(Linear.builder().setUnits(3).build())).fit(rows, epochs(1)))
                .hasMessageContaining("block(\"narrow\")").hasMessageContaining("(1, 3)").hasMessageContaining("10 classes");
        assertThatThrownBy(() -> block("broken", () -> {
            throw new IOException("no such weights");
        }).fit(rows, epochs(1))).hasMessageContaining("block(\"broken\")").hasMessageContaining("no such weights");
        assertThat(shown).isEmpty();
    }

    private static Blueprint withDropout() {
        return block("normed", () -> new SequentialBlock()
                .add(Blocks.batchFlattenBlock(64))
                .add(Linear.builder().setUnits(64).build())
                .add(BatchNorm.builder().build())
                .add(Activation::relu)
                .add(Dropout.builder().optRate(0.2f).build())
                .add(Linear.builder().setUnits(10).build()));
    }
}
