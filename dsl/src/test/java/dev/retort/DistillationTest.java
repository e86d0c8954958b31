package dev.retort;

import static dev.retort.Retort.block;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.resnet;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.threads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import com.sun.source.util.JavacTask;
import dev.retort.data.DataSet;
import dev.retort.device.Threads;
import dev.retort.distill.Distillation;
import dev.retort.distill.Run;
import dev.retort.loss.Batch;
import dev.retort.loss.Loss;
import dev.retort.loss.Needs;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.model.Diverged;
import dev.retort.train.Monitor;
import dev.retort.train.Progress;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class DistillationTest {
    private static final DataSet DIGITS = dataset("digits");
    private static Classifier teacher;

    private final List<Progress> shown = new ArrayList<>();

    @BeforeAll
    static void trainTheTeacher() {
        teacher = mlp(64).fit(DIGITS.train(), epochs(20).seed(1));
    }

    private final int threadsBefore = Threads.count();

    @AfterEach
    void setBack() {
        threads(threadsBefore);
        Monitor.use(() -> progress -> { });
        Thread.interrupted();
    }

    @Test
    void aStudentComesToAgreeWithItsTeacher() {
        Run run = distill(teacher).into(mlp(32)).on(DIGITS.train()).run(epochs(40).seed(1));
        Table history = run.history();
        assertThat(history.columnNames())
                .containsExactly("epoch", "loss", "validation accuracy", "agreement", "rows per second", "seconds");
        assertThat(history.rowCount()).isEqualTo(40);
        assertThat(history.doubleColumn("agreement").get(39)).isGreaterThan(0.9);
        assertThat(history.doubleColumn("loss").get(39)).isLessThan(history.doubleColumn("loss").get(0));
        assertThat(run.student().provenance().teacher().fingerprint()).isEqualTo(teacher.fingerprint());
    }

    @Test
    void softTargetsAloneTeachWithoutLabels() {
        Run run = distill(teacher).into(mlp(32)).on(DIGITS.train()).loss(softTargets(2)).run(epochs(40).seed(1));
        assertThat(run.student().accuracy(DIGITS.test())).isGreaterThan(0.85);
    }

    static Stream<Blueprint> otherNetworks() {
        return Stream.of(resnet(4, 8), block("own", () -> new SequentialBlock()
                .add(Blocks.batchFlattenBlock(64))
                .add(Linear.builder().setUnits(16).build())
                .add(Activation::tanh)
                .add(Linear.builder().setUnits(10).build())));
    }

    @ParameterizedTest
    @MethodSource("otherNetworks")
    void residualNetworksAndBlocksOfOnesOwnAreStudentsToo(Blueprint student) {
        Run run = distill(teacher).into(student).on(DIGITS.train()).loss(softTargets(2)).run(epochs(4).batch(32).learningRate(0.01).seed(1));
        assertThat(lastAgreement(run)).isGreaterThan(0.6);
        assertThat(run.student().name()).isEqualTo(student.toString());
    }

    @Test
    void theSameSeedGivesTheSameStudentBitByBit() {
        assertThat(run(5).student().fingerprint()).isEqualTo(run(5).student().fingerprint());
        assertThat(run(5).student().fingerprint()).isNotEqualTo(run(6).student().fingerprint());
    }

    @Test
    void hardLabelsAloneGiveTheStudentThatWasTrainedAlone() {
        Run run = distill(teacher).into(mlp(16)).on(DIGITS.train()).loss(hardLabels()).run(epochs(2).seed(3));
        float[] alone = mlp(16).fit(DIGITS.train(), epochs(2).seed(3)).scores(DIGITS.test());
        assertThat(run.student().scores(DIGITS.test())).isEqualTo(alone);
    }

    @Test
    void theTeacherAnswersForEachRowOnce() {
        threads(1); // Several tell the same, but less often.
        Classifier fresh = mlp(8).fit(DIGITS.train(), epochs(1).seed(99));
        Monitor.use(() -> shown::add);
        distill(fresh).into(mlp(4)).on(DIGITS.train().take(100)).run(epochs(1));
        distill(fresh).into(mlp(4)).on(DIGITS.train()).run(epochs(1));
        distill(fresh).into(mlp(8)).on(DIGITS.train().take(500)).loss(softTargets(8)).run(epochs(1));
        assertThat(shown).filteredOn(progress -> progress.stage().startsWith("the teacher labels"))
                .extracting(Progress::stage)
                .containsExactly(
                        "the teacher labels 100 of 100 rows", "the teacher labels 270 of 270 rows",
                        "the teacher labels 512 of 1,157 rows", "the teacher labels 1,157 of 1,157 rows");
    }

    /** Adds nothing at first, and is the root of a negative number from epoch 2 of 4 on. */
    private record Spoiling() implements Loss {
        @Override
        public NDArray of(Batch batch) {
            NDArray root = batch.constant(0.24 - batch.now().progress()).sqrt();
            return batch.student().mean().mul(batch.constant(0)).add(root);
        }

        @Override
        public Needs needs() {
            return Needs.NOTHING;
        }

        @Override
        public String latex() {
            return "\\sqrt{0.24 - t}";
        }

        @Override
        public String toString() {
            return "spoiling()";
        }
    }

    @Test
    void theTermOfASumThatBecameNoNumberIsNamedAndTheStudentBeforeIsKept() {
        Classifier good = distill(teacher).into(mlp(8)).on(DIGITS.train()).loss(softTargets(2)).run(epochs(1).seed(1)).student();
        Distillation spoiled = distill(teacher).into(mlp(8)).on(DIGITS.train()).loss(softTargets(2).plus(new Spoiling().times(0.5)));
        assertThatThrownBy(() -> spoiled.run(epochs(4).seed(1)))
                .isInstanceOfSatisfying(Diverged.class, diverged -> {
                    Classifier kept = diverged.student().orElseThrow();
                    assertThat(kept.provenance().kept()).isEqualTo(1);
                    assertThat(kept.scores(DIGITS.test())).usingComparatorWithPrecision(1e-3f).containsExactly(good.scores(DIGITS.test()));
                })
                .hasMessageContaining("the loss became NaN in epoch 2 by spoiling() in batch 1; lower the learning rate")
                .hasMessageNotContaining("by softTargets");
    }

    @Test
    void anInterruptedTeacherStopsAtTheNextBatchAndKeepsItsAnswers() {
        threads(1);
        Classifier fresh = mlp(8).fit(dataset("letter").train(), epochs(1).seed(98));
        Monitor.use(() -> progress -> {
            shown.add(progress);
            if (progress.stage().startsWith("the teacher labels 4,608 of 14,000 rows")) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> distill(fresh).into(mlp(4)).on(dataset("letter").train()).run(epochs(1)))
                .isInstanceOf(CancellationException.class).hasMessageContaining("mlp(8) was interrupted after 512 of 4096 rows");
        assertThat(Thread.interrupted()).isTrue();
        shown.clear();
        distill(fresh).into(mlp(4)).on(dataset("letter").train()).run(epochs(1));
        assertThat(shown.get(0).stage()).isEqualTo("the teacher labels 512 of 9,904 rows");
    }

    @Test
    void reshuffledRowsKeepTheirTargets() {
        Run ordered = distill(teacher).into(mlp(16)).on(DIGITS.train()).loss(softTargets(1)).run(epochs(60).batch(64).seed(1));
        Run shuffled = distill(teacher).into(mlp(16)).on(DIGITS.train().sample(1257, 42)).loss(softTargets(1))
                .run(epochs(60).batch(64).seed(1));
        assertThat(lastAgreement(shuffled)).isGreaterThan(0.85);
        assertThat(lastAgreement(ordered)).isGreaterThan(0.85);
    }

    @Test
    void anInterruptedRunKeepsTheStudentSoFar() {
        Monitor.use(() -> progress -> {
            if (progress.stage().equals("epoch 4 of 1000")) {
                Thread.currentThread().interrupt();
            }
        });
        Run run = distill(teacher).into(mlp(64)).on(DIGITS.train()).run(epochs(1000).seed(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.interrupted()).isTrue();
        assertThat(run.history().rowCount()).isEqualTo(4);
        assertThat(run.student().scores(DIGITS.test())).hasSize(2700);
        assertThat(run).hasToString("mlp(64) → mlp(64) on digits/train: interrupted after 4 of 1000 epochs, "
                + "softTargets(2).times(0.5).plus(hardLabels().times(0.5))");
    }

    @Test
    void whatCannotBeTaughtIsRefusedWhenItIsDeclared() {
        DataSet letter = dataset("letter");
        assertThatThrownBy(() -> distill(teacher).into(mlp(8)).on(letter.train()))
                .hasMessageContaining("the classes of mlp(64) are 10 classes (0, 1, 2, 3, 4, …)")
                .hasMessageContaining("letter/train is labelled with 26 classes (A, B, C, D, E, …)")
                .hasMessageEndingWith("or one with the same classes (uld() compares others, but in its value alone)");
        assertThatThrownBy(() -> distill(teacher).into(mlp(8)).on(DIGITS.train().rows(0, 0))).hasMessageContaining("is empty");
        assertThatThrownBy(() -> distill(teacher).into(mlp(8)).on(DIGITS.train()).loss(softTargets(4).times(0).plus(hardLabels().times(0))))
                .hasMessageContaining("sum to 0");
    }

    @ParameterizedTest
    @CsvSource({
        "distill(teacher).into(mlp(8)), true",
        "distill(mlp(8)).into(mlp(8)), false",
        "distill(mlp(8)).into(teacher), false",
        "distill(teacher).into(teacher), false",
        "distill(teacher).into(mlp(8)).run(), false"})
    void rolesAndOrderAreCheckedByTheCompiler(String sentence, boolean compiles) throws Exception {
        assertThat(compiles("""
                import static dev.retort.Retort.*;
                class Sentence {
                    Object speak(dev.retort.model.Classifier teacher) {
                        return %s;
                    }
                }""".formatted(sentence))).isEqualTo(compiles);
    }

    private static boolean compiles(String source) throws IOException {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Sentence.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ((JavacTask) compiler.getTask(Writer.nullWriter(), null, problems, options, null, List.of(file))).analyze();
        return problems.getDiagnostics().stream().noneMatch(problem -> problem.getKind() == Diagnostic.Kind.ERROR);
    }

    @Test
    void rowsOfAnotherWidthAreRefused() {
        Table narrow = Table.create("narrow");
        double[] x = new double[200];
        String[] label = new String[200];
        for (int i = 0; i < 200; i++) {
            x[i] = i % 17;
            label[i] = String.valueOf(i % 10);
        }
        narrow.addColumns(
                DoubleColumn.create("x", x), StringColumn.create("digit", label));
        assertThatThrownBy(() -> distill(teacher).into(mlp(8)).on(dataset(narrow, "digit").train()))
                .hasMessageContaining("mlp(64) takes rows of shape (1, 8, 8)").hasMessageContaining("(1)");
    }

    private static Run run(long seed) {
        return distill(teacher).into(mlp(16)).on(DIGITS.train()).run(epochs(2).seed(seed));
    }

    private static double lastAgreement(Run run) {
        Table history = run.history();
        return history.doubleColumn("agreement").get(history.rowCount() - 1);
    }
}
