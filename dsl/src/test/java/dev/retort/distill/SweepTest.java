package dev.retort.distill;

import static dev.retort.Retort.block;
import static dev.retort.Retort.cart;
import static dev.retort.Retort.cnn;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.estimating;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.labelSmoothing;
import static dev.retort.Retort.load;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.plot;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.retort.data.DataSet;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.train.Monitor;
import dev.retort.train.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class SweepTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final Classifier TEACHER = mlp(64).fit(DIGITS.train(), epochs(10).seed(1));

    @AfterEach
    void stopWatching() {
        Monitor.use(() -> progress -> { });
        Thread.interrupted();
    }

    @Test
    void everyStudentMeetsEveryLossAndSeed() {
        Sweep sweep = distill(TEACHER).into(mlp(4), mlp(8)).on(DIGITS.train())
                .temperatures(1, 4).softWeights(0.5, 1).seeds(1, 2).run(epochs(1));
        assertThat(sweep.table().rowCount()).isEqualTo(2 * 4 * 2);
        assertThat(sweep.runs()).hasSize(16).extracting(run -> run.loss().toString()).contains(
                "softTargets(1).times(0.5).plus(hardLabels().times(0.5))", "softTargets(1)",
                "softTargets(4).times(0.5).plus(hardLabels().times(0.5))", "softTargets(4)");
        assertThat(sweep).hasToString("16 runs: 16 done");
    }

    @Test
    void theTeacherAnswersOnceForAllRuns() {
        List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
        Classifier listening = estimating("listening", DIGITS, row -> {
            asked.add(row.id(0));
            return DoubleStream.generate(() -> 0.1).limit(10).toArray();
        });
        Sweep sweep = distill(listening).into(mlp(4), mlp(8)).on(DIGITS.train()).losses(softTargets(1), softTargets(4)).run(epochs(1));
        assertThat(sweep).hasToString("4 runs: 4 done");
        assertThat(asked).doesNotHaveDuplicates().hasSize(DIGITS.train().size() + DIGITS.validation().size());
    }

    /** Two places on one processor do for two GPUs. */
    @Test
    void onSeveralDevicesRunsAreTrainedBesideEachOtherAndComeOutTheSame() {
        List<Recipe> recipes = LongStream.range(0, 4)
                .mapToObj(seed -> new Recipe(TEACHER, mlp(8), DIGITS.train(), softTargets(2), epochs(3).seed(seed))).toList();
        Sweep sweep = new Sweeping(DIGITS.train(), recipes, null, progress -> { }, List.of(Device.cpu(), Device.cpu())).run();
        assertThat(sweep.runs()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(sweep.runs().get(i).student().fingerprint())
                    .isEqualTo(recipes.get(i).run(progress -> { }, new Twins(), soFar -> { }).student().fingerprint());
        }
    }

    @Test
    void aRunOfASweepIsTheRunByItself() {
        Sweep sweep = distill(TEACHER).into(mlp(4), mlp(8), cnn(4), mlp(1024)).on(DIGITS.train()).run(epochs(2).seed(3));
        for (Run run : sweep.runs()) {
            Run alone = distill(TEACHER).into(run.recipe().student()).on(DIGITS.train()).run(epochs(2).seed(3));
            assertThat(run.student().fingerprint()).as(run.student().name()).isEqualTo(alone.student().fingerprint());
        }
    }

    @Test
    void theBestRunIsChosenOnValidationRows() {
        Sweep sweep = distill(TEACHER).into(mlp(2), mlp(64), mlp(4)).on(DIGITS.train()).loss(softTargets(1)).run(epochs(10).seed(1));
        assertThat(sweep.best()).isSameAs(sweep.runs().get(1));
        assertThat(sweep.table().doubleColumn("validation accuracy").get(1))
                .isEqualTo(sweep.best().student().accuracy(DIGITS.validation()));
        assertThat(sweep.table().doubleColumn("agreement").get(1)).isBetween(0.5, 1.0);
    }

    @Test
    void meansAreOverSeedsWithAColumnForEachLoss() {
        Sweep sweep = distill(TEACHER).into(mlp(4), mlp(8)).on(DIGITS.train())
                .losses(hardLabels(), softTargets(2)).seeds(1, 2).run(epochs(1));
        Table means = sweep.means();
        assertThat(means.columnNames()).containsExactly("student", "hardLabels()", "softTargets(2)");
        assertThat(means.stringColumn("student").asList()).containsExactly("mlp(4)", "mlp(8)");
        double[] accuracies = sweep.runs().subList(6, 8).stream()
                .mapToDouble(run -> run.student().accuracy(DIGITS.validation())).toArray();
        assertThat(means.doubleColumn("softTargets(2)").get(1)).isCloseTo((accuracies[0] + accuracies[1]) / 2, within(1e-12));
    }

    @Test
    void oneFailureDoesNotLoseTheRest() {
        Blueprint broken = block("broken", () -> {
            throw new IllegalStateException("no such layer");
        });
        Sweep sweep = distill(TEACHER).into(mlp(4), broken, mlp(8)).on(DIGITS.train()).run(epochs(1));
        assertThat(sweep.runs()).extracting(run -> run.student().name()).containsExactly("mlp(4)", "mlp(8)");
        assertThat(sweep.table().stringColumn("state").get(1)).startsWith("failed: ").contains("no such layer");
        assertThat(sweep).hasToString("3 runs: 2 done, 1 failed");
    }

    @Test
    void finishedRunsAreFoundAgain(@TempDir Path folder) throws Exception {
        Plan plan = distill(TEACHER).into(mlp(4), mlp(8)).on(DIGITS.train()).keepIn(folder);
        Sweep first = plan.run(epochs(1).seed(1));
        Sweep again = plan.run(epochs(1).seed(1));
        Sweep other = plan.run(epochs(1).seed(2));
        assertThat(again).hasToString("2 runs: 2 kept");
        assertThat(other).hasToString("2 runs: 2 done");
        assertThat(again.runs().get(0).student().fingerprint()).isEqualTo(first.runs().get(0).student().fingerprint());
        assertThat(again.table().doubleColumn("validation accuracy").asList())
                .isEqualTo(first.table().doubleColumn("validation accuracy").asList());
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.sorted().toList();
        }
        assertThat(files).hasSize(4);
        assertThat(load(files.get(0).toString()).fingerprint()).isEqualTo(first.runs().get(0).student().fingerprint());
        Files.write(files.get(0), new byte[100]);
        assertThat(plan.run(epochs(1).seed(1))).hasToString("2 runs: 1 done, 1 kept");
    }

    @RepeatedTest(5) // The second student is finished now before, now after the interrupt.
    void anInterruptedSweepKeepsWhatWasFinishedAndGoesOnLater(@TempDir Path folder) {
        Plan plan = distill(TEACHER).into(mlp(4), mlp(8), mlp(16)).on(DIGITS.train()).keepIn(folder);
        Thread caller = Thread.currentThread();
        Monitor.use(() -> new Monitor() {
            @Override
            public void show(Progress progress) { }

            @Override
            public void show(Progress all, Table runs) {
                if (runs.stringColumn("state").get(0).equals("done")) {
                    caller.interrupt();
                }
            }
        });
        Sweep sweep = plan.run(epochs(200));
        assertThat(Thread.interrupted()).isTrue();
        int finished = sweep.runs().size();
        assertThat(finished).isBetween(1, 2);
        stopWatching();
        assertThat(plan.run(epochs(200)).toString()).startsWith("3 runs: ").contains(finished + " kept", (3 - finished) + " done");
    }

    @Test
    void oneTableShowsAllRuns() {
        List<String> stages = new ArrayList<>();
        List<List<String>> states = new ArrayList<>();
        Monitor.use(() -> new Monitor() {
            @Override
            public void show(Progress progress) { }

            @Override
            public void show(Progress all, Table runs) {
                stages.add(all + "");
                states.add(runs.stringColumn("state").asList());
            }
        });
        distill(TEACHER).into(mlp(4), mlp(8)).on(DIGITS.train()).run(epochs(100));
        assertThat(states).as("small nets are trained beside each other")
                .anyMatch(state -> state.stream().allMatch(each -> each.matches("epoch \\d+ of 100")));
        assertThat(states.get(states.size() - 1)).containsExactly("done", "done");
        assertThat(stages.get(stages.size() - 1)).startsWith("mlp(64) → 2 students on digits/train: 2 of 2 runs, ");
    }

    @Test
    void seedsCountAsOneStudentWithAnInterval() {
        Sweep sweep = distill(TEACHER).into(mlp(2), mlp(32)).on(DIGITS.train()).seeds(1, 2, 3).run(epochs(5));
        Tradeoff tradeoff = sweep.tradeoff(DIGITS.test());
        assertThat(tradeoff.points()).extracting(Tradeoff.Point::seeds).containsExactly(1, 3, 3);
        double mean = sweep.runs().subList(3, 6).stream().mapToDouble(run -> run.student().accuracy(DIGITS.test())).average().orElseThrow();
        assertThat(tradeoff.points().get(2).accuracy()).isCloseTo(mean, within(1e-12));
        assertThat(tradeoff.points().get(2).margin()).isBetween(0.0001, 0.5);
        assertThat(tradeoff.points().get(1).front()).as("nothing is as small").isTrue();
        assertThat(plot(tradeoff).getSeriesMap()).containsKey("Pareto front");
    }

    @Test
    void seedsThatChangeNothingCountOnce() {
        Sweep sweep = distill(TEACHER).into(cart(4), mlp(4)).on(DIGITS.train()).seeds(1, 2).run(epochs(1));
        assertThat(sweep.tradeoff(DIGITS.test()).points()).extracting(Tradeoff.Point::seeds).containsExactly(1, 1, 2);
    }

    @Test
    void lossesOfOnePairAreSweptFromItsDistillation() {
        Sweep sweep = distill(TEACHER).into(mlp(8)).on(DIGITS.train()).sweep()
                .losses(hardLabels(), softTargets(2)).seeds(1, 2, 3).run(epochs(3));
        Table gains = sweep.gains(DIGITS.test());
        assertThat(gains.stringColumn("run").asList()).containsExactly("hardLabels()", "softTargets(2)");
        assertThat(gains.doubleColumn("difference").get(0)).as("a run on labels alone is its own twin").isZero();
        assertThat(gains.stringColumn("verdict").get(0)).isEqualTo("inconclusive");
        assertThat(gains.stringColumn("test").get(1)).isEqualTo("paired t over 3 seeds");
        assertThat(gains.doubleColumn("alone").get(1)).isEqualTo(gains.doubleColumn("alone").get(0));
        assertThat(gains.doubleColumn("p").get(1)).isBetween(0.0, 1.0);
    }

    @Test
    void labelSmoothingIsAControlWhoeverTheTeacherIs() {
        Sweep sweep = smoothedAndTaughtBy(TEACHER);
        Table gains = sweep.gains(DIGITS.test());
        assertThat(gains.stringColumn("run").asList()).containsExactly("labelSmoothing(0.1)", "softTargets(2)");
        assertThat(gains.doubleColumn("alone").get(0)).isEqualTo(gains.doubleColumn("alone").get(1));
        Sweep byAnother = smoothedAndTaughtBy(mlp(4).fit(DIGITS.train(), epochs(1)));
        assertThat(fingerprint(byAnother, 0)).isEqualTo(fingerprint(sweep, 0));
        assertThat(fingerprint(byAnother, 1)).isNotEqualTo(fingerprint(sweep, 1));
    }

    private static Sweep smoothedAndTaughtBy(Classifier teacher) {
        return distill(teacher).into(mlp(8)).on(DIGITS.train()).sweep().losses(labelSmoothing(0.1), softTargets(2)).run(epochs(3).seed(1));
    }

    private static String fingerprint(Sweep sweep, int run) {
        return sweep.runs().get(run).student().fingerprint();
    }

    @Test
    void seedsThatChangeNothingAreNoEvidence() {
        Sweep sweep = distill(TEACHER).into(cart(4)).on(DIGITS.train()).sweep().seeds(1, 2).run(epochs(1));
        assertThat(sweep.gains(DIGITS.test()).stringColumn("test").get(0)).startsWith("McNemar on");
    }

    @Test
    void whatCannotBeSweptIsRefused() {
        assertThatThrownBy(() -> distill(TEACHER).into(mlp(8)).then(mlp(4)).on(DIGITS.train()).sweep())
                .hasMessageContaining("mlp(8) would teach mlp(4)");
        Plan plan = distill(TEACHER).into(mlp(4), mlp(8)).on(DIGITS.train());
        assertThatThrownBy(() -> plan.losses()).hasMessageContaining("at least one loss");
        assertThatThrownBy(() -> plan.seeds()).hasMessageContaining("at least one");
        assertThatThrownBy(() -> plan.softWeights(1.5)).hasMessageContaining("from 0 to 1, not 1.5");
        assertThatThrownBy(() -> plan.temperatures(0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> plan.run(epochs(1).checkpoint("run.checkpoint"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot share the checkpoint run.checkpoint").hasMessageContaining("keepIn(folder)");
    }
}
