package dev.retort.cache;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.model.Classifier;
import dev.retort.train.Monitor;
import dev.retort.train.Progress;
import dev.retort.train.Said;
import dev.retort.train.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TargetCacheTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final Classifier TEACHER = mlp(16).fit(DIGITS.train(), epochs(1).seed(1));
    private static final long PLENTY = 1L << 30;

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private int labelled;

    @Test
    void laterSessionsFindWhatWasSaid() {
        Split rows = DIGITS.train().take(100);
        Targets first = ask(TEACHER, rows, session());
        assertThat(labelled).isEqualTo(100 + DIGITS.validation().size());
        assertThat(first.logits()).isEqualTo(TEACHER.scores(rows));
        assertThat(ask(TEACHER, rows, session()).logits()).isEqualTo(first.logits());
        assertThat(labelled).isZero();
        Split shuffled = DIGITS.train().sample(100, 7);
        assertThat(ask(TEACHER, shuffled, session()).logits()).isEqualTo(TEACHER.scores(shuffled));
        assertThat(labelled).as("rows that are not among the first").isBetween(80, 99);
        assertThat(told).isEmpty();
    }

    @Test
    void anotherTeacherOrOtherDataNeverMeetOldAnswers() {
        Split rows = DIGITS.train().take(100);
        ask(TEACHER, rows, session());
        Classifier other = mlp(16).fit(DIGITS.train(), epochs(1).seed(2));
        assertThat(ask(other, rows, session()).logits()).isEqualTo(other.scores(rows));
        assertThat(labelled).isEqualTo(100 + DIGITS.validation().size());
    }

    /** Teacher, rows and their ids are the same; the data is not. */
    @Test
    void oneChangedCellMakesAllAnswersNew() {
        DataSet before = table(0.5);
        DataSet after = table(0.75);
        Classifier teacher = mlp(4).fit(before.train(), epochs(1).seed(1));
        Session session = session();
        Targets old = ask(teacher, before.train(), session);
        assertThat(after.train().ids()).isEqualTo(before.train().ids());
        for (Session each : List.of(session, session())) {
            Targets now = ask(teacher, after.train(), each);
            assertThat(now.logits()).isEqualTo(teacher.scores(after.train())).isNotEqualTo(old.logits());
            assertThat(now.validationClasses()).isEqualTo(teacher.predict(after.validation()));
            if (each == session) {
                assertThat(labelled).isEqualTo(after.train().size() + after.validation().size());
            }
        }
        assertThat(labelled).as("and then they are known").isZero();
        assertThat(ask(teacher, before.train(), session()).logits()).isEqualTo(old.logits());
        assertThat(labelled).as("the old ones stay good").isZero();
    }

    /** 100 rows; the cell is in one of those to train on. */
    private static DataSet table(double cell) {
        double[] x = IntStream.range(0, 100).mapToDouble(i -> i % 7).toArray();
        DoubleColumn column = DoubleColumn.create("x", x);
        String[] label = IntStream.range(0, 100).mapToObj(i -> i % 2 == 0 ? "even" : "odd").toArray(String[]::new);
        Table table = Table.create("cells", column, StringColumn.create("label", label));
        column.set(DataSet.of(table, "label").train().id(0), cell);
        return DataSet.of(table, "label");
    }

    @Test
    void validationRowsAreAnsweredFor() {
        Targets targets = ask(TEACHER, DIGITS.train().take(10), session());
        assertThat(targets.validationClasses()).isEqualTo(TEACHER.predict(DIGITS.validation()));
    }

    @Test
    void damagedFilesAreToldOnceAndTheirRowsLabelledAgain() throws Exception {
        Split rows = DIGITS.train().take(100);
        ask(TEACHER, rows, session());
        List<Path> files = files();
        assertThat(files).hasSize(2);
        byte[] altered = Files.readAllBytes(files.get(0));
        altered[altered.length / 2] ^= 1;
        Files.write(files.get(0), altered);
        Files.write(files.get(1), new byte[10]);
        assertThat(ask(TEACHER, rows, session()).logits()).isEqualTo(TEACHER.scores(rows));
        assertThat(labelled).isEqualTo(100 + DIGITS.validation().size());
        assertThat(told).singleElement().asString().contains("damaged in the cache " + folder, "its checksum is wrong");
        ask(TEACHER, rows, session());
        assertThat(labelled).isZero();
        assertThat(told).hasSize(1);
    }

    @Test
    void onAFullDiskTheRunGoesOnInMemory() throws Exception {
        try (FileSystem small = Jimfs.newFileSystem(Configuration.unix().toBuilder().setMaxSize(16 << 10).build())) {
            Session session = new Session(new CacheFolder(small.getPath("/cache"), PLENTY));
            Split rows = DIGITS.train();
            assertThat(ask(TEACHER, rows, session).logits()).isEqualTo(TEACHER.scores(rows));
            assertThat(told).singleElement().asString()
                    .contains("/cache cannot be written: out of disk space", "keeps answers in memory", "RETORT_CACHE");
            ask(TEACHER, rows, session);
            assertThat(labelled).isZero();
            assertThat(told).hasSize(1);
            try (Stream<Path> left = Files.walk(small.getPath("/cache"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Test
    void withoutAFolderAnswersStayInMemory() {
        Session session = new Session(null);
        ask(TEACHER, DIGITS.train(), session);
        ask(TEACHER, DIGITS.train(), session);
        assertThat(labelled).isZero();
    }

    @Test
    void filesAreForTheirOwnerAlone() throws IOException {
        ask(TEACHER, DIGITS.train().take(10), session());
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            for (Path file : files()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws IOException {
        Classifier other = mlp(16).fit(DIGITS.train(), epochs(1).seed(2));
        Split rows = DIGITS.train().take(100);
        ask(TEACHER, rows, session());
        ask(other, rows, session());
        long both = files().stream().mapToLong(file -> file.toFile().length()).sum();
        Path ofTeacher = folder.resolve(TEACHER.fingerprint() + "-" + DIGITS.fingerprint());
        Files.setLastModifiedTime(ofTeacher, FileTime.fromMillis(0));
        ask(other, rows, new Session(new CacheFolder(folder, both - 1)));
        assertThat(ofTeacher).doesNotExist();
        assertThat(files()).hasSize(2);
    }

    @Test
    void whatWasNotUsedForLongestGoesFirstFromMemoryToo() {
        List<Classifier> teachers = IntStream.range(0, 3).mapToObj(seed -> mlp(8).fit(DIGITS.train().take(100), epochs(1).seed(seed))).toList();
        Split rows = DIGITS.train();
        Session plenty = new Session(null);
        ask(teachers.get(0), rows, plenty);
        long one = plenty.answers(teachers.get(0).fingerprint() + "-" + DIGITS.fingerprint(), "logits", watching()).heapBytes();
        assertThat(one).isGreaterThan(rows.size() * 10L * Float.BYTES);
        Session two = new Session(null, 2 * one);
        for (int teacher : new int[] {0, 1, 0, 2}) {
            ask(teachers.get(teacher), rows, two);
        }
        assertThat(labelledBy(teachers.get(2), rows, two)).isZero();
        assertThat(labelledBy(teachers.get(0), rows, two)).as("used again before the last").isZero();
        assertThat(labelledBy(teachers.get(1), rows, two)).as("used before the others").isEqualTo(rows.size() + DIGITS.validation().size());
        assertThat(labelledBy(teachers.get(0), rows, two)).isZero();
        assertThat(labelledBy(teachers.get(2), rows, two)).as("its turn to go").isPositive();
    }

    /** Answers that a run is about to need are kept, however large. */
    @Test
    void whatBelongsToTheCurrentTeacherAndDataStaysBeyondTheBudget() {
        Session tiny = new Session(null, 1);
        assertThat(labelledBy(TEACHER, DIGITS.train().take(100), tiny)).isEqualTo(100 + DIGITS.validation().size());
        assertThat(labelledBy(TEACHER, DIGITS.train(), tiny)).isEqualTo(DIGITS.train().size() - 100);
        Classifier other = mlp(8).fit(DIGITS.train().take(100), epochs(1).seed(9));
        assertThat(labelledBy(other, DIGITS.train(), tiny)).isPositive();
        assertThat(labelledBy(TEACHER, DIGITS.train(), tiny)).as("the other took its place").isEqualTo(DIGITS.train().size() + DIGITS.validation().size());
    }

    private int labelledBy(Classifier teacher, Split rows, Session session) {
        assertThat(ask(teacher, rows, session).logits()).isEqualTo(teacher.scores(rows));
        return labelled;
    }

    /** The shape that a language's vocabulary or a large image data set has: dense answers of a million rows would take 4 GB. */
    @Test
    void rowsOfAThousandClassesAreReadBackById() {
        Session session = session();
        Answers answers = session.answers("key", "logits", watching());
        int rowsAtOnce = 4096;
        for (int from = 0; from < 20_000; from += rowsAtOnce) {
            int[] ids = IntStream.range(from, Math.min(20_000, from + rowsAtOnce)).toArray();
            float[] values = new float[ids.length * 1000];
            for (int i = 0; i < values.length; i++) {
                values[i] = (i * 31 + ids[i / 1000]) % 1009 / 100f;
            }
            answers.add(session.keep("key", "logits", Segment.encode(ids, values, new Shape(1000), 64), watching()));
        }
        assertThat(answers.heapBytes()).as("bytes on the heap: an index").isLessThan(1 << 20);
        assertThat(files().stream().mapToLong(file -> file.toFile().length()).sum()).isLessThan(12L << 20);
        Said said = session().answers("key", "logits", watching()).of(19_999, 5, 10_000);
        float[] rows = said.of(0, 2);
        assertThat(rows[0]).isLessThan(11);
        int row = 10_000 % rowsAtOnce;
        float highest = 0;
        for (int c = 0; c < 1000; c++) {
            highest = Math.max(highest, ((row * 1000 + c) * 31 + 10_000) % 1009 / 100f);
        }
        assertThat(IntStream.range(1000, 2000).mapToObj(i -> rows[i]).max(Float::compare).orElseThrow()).isCloseTo(highest, within(0f));
    }

    private Session session() {
        return new Session(new CacheFolder(folder, PLENTY));
    }

    private Targets ask(Classifier teacher, Split rows, Session session) {
        labelled = 0;
        return new TargetCache(teacher, "test", Device.cpu(), watching(), session).targets(rows, Set.of());
    }

    private Monitor watching() {
        return new Monitor() {
            @Override
            public void show(Progress progress) {
                String[] words = progress.stage().replace(",", "").split(" ");
                labelled += words[3].equals(words[5]) ? Integer.parseInt(words[5]) : 0;
            }

            @Override
            public void tell(String note) {
                told.add(note);
            }
        };
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
