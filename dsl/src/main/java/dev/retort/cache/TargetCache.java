package dev.retort.cache;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Answer;
import dev.retort.data.Layer;
import dev.retort.data.Split;
import dev.retort.device.Devices;
import dev.retort.model.Classifier;
import dev.retort.model.Labeller;
import dev.retort.train.Monitor;
import dev.retort.train.Progress;
import dev.retort.train.Provenance;
import dev.retort.train.Said;
import dev.retort.train.Targets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a teacher says, so that no row is labelled twice. An answer is kept under the teacher's fingerprint, the data set's
 * fingerprint and the row's id: another teacher, or the same trained on, or other data never meet it.
 *
 * <p>Answers lie on disk, are mapped into memory, and are there for later sessions. Of more than 256 classes the 64 largest
 * logits of a row are kept exactly, and the probability of the others is spread over them evenly; up to 256 classes, and for
 * inner layers, all numbers are kept.
 *
 * <p>What lies in memory keeps to 256 MB, what lies on disk to 4 GB: answers that were not used for longest go first. Those that a run
 * has just asked for stay, even if they alone are more.
 */
public final class TargetCache {
    /** An interrupted teacher loses at most this many answers. */
    private static final int ROWS_AT_ONCE = 4096;
    /** Inner layers can be large. */
    private static final int ROWS_WITH_LAYERS_AT_ONCE = 512;
    private static final int EXACT_UP_TO = 256;
    private static final int KEPT_OF_MORE = 64;
    private static final String LOGITS = "logits";

    private final Classifier teacher;
    private final String title;
    private final Device device;
    private final Monitor monitor;
    private final Session session;

    /**
     * @param title  what the monitor shows
     * @param device where the teacher answers
     */
    public TargetCache(Classifier teacher, String title, Device device, Monitor monitor) {
        this(teacher, title, device, monitor, Session.current());
    }

    TargetCache(Classifier teacher, String title, Device device, Monitor monitor, Session session) {
        this.teacher = teacher;
        this.title = title;
        this.device = device;
        this.monitor = monitor;
        this.session = session;
    }

    /**
     * The teacher's logits of the rows and of their validation rows, and these of its layers of the rows. It is asked only for
     * what it has not said before.
     *
     * @throws java.util.concurrent.CancellationException when the thread is interrupted; the answers so far are kept
     */
    public Targets targets(Split rows, Set<String> layers) {
        synchronized (session) {
            Map<String, Answers> answers = label(rows, new TreeSet<>(layers));
            Map<String, Said> said = new TreeMap<>();
            layers.forEach(layer -> said.put(layer, answers.get(name(layer)).of(rows.ids())));
            Said validation = rows.validation().filter(split -> split.size() > 0)
                    .map(split -> label(split, Set.of()).get(LOGITS).of(split.ids())).orElse(null);
            session.tidy(key(rows));
            return new Targets(teacher(teacher), teacher.says(),
                    answers.get(LOGITS).of(rows.ids()), said, validation);
        }
    }

    /** What a teacher says of rows that will not be seen again: it is asked for all of them, and nothing is kept. */
    public static Targets passing(Classifier teacher, Split rows, Set<String> layers, Device device) {
        Answer answer;
        try (Labeller labeller = new Labeller(teacher, device)) {
            answer = labeller.answer(rows, layers, done -> { });
        }
        Map<String, Said> said = new TreeMap<>();
        answer.layers().forEach((name, layer) -> said.put(name, Heard.of(layer)));
        return new Targets(teacher(teacher), teacher.says(), Heard.of(new Layer(answer.logits(), new Shape(teacher.classes().size()))), said, null);
    }

    private static Provenance.Teacher teacher(Classifier teacher) {
        return new Provenance.Teacher(teacher.name(), teacher.fingerprint(), teacher.provenance());
    }

    private Map<String, Answers> label(Split rows, Set<String> layers) {
        Map<String, Answers> answers = new TreeMap<>();
        answers.put(LOGITS, session.answers(key(rows), LOGITS, monitor));
        layers.forEach(layer -> answers.put(name(layer), session.answers(key(rows), name(layer), monitor)));
        Split missing = rows.where(i -> answers.values().stream().anyMatch(each -> !each.has(rows.id(i))));
        if (missing.size() > 0) {
            try (Labeller labeller = new Labeller(teacher, device)) {
                label(labeller, missing, layers, answers);
            }
        }
        return answers;
    }

    private void label(Labeller labeller, Split missing, Set<String> layers, Map<String, Answers> answers) {
        int atOnce = layers.isEmpty() ? ROWS_AT_ONCE : ROWS_WITH_LAYERS_AT_ONCE;
        long start = System.nanoTime();
        for (int from = 0; from < missing.size(); from += atOnce) {
            int before = from;
            Split part = missing.rows(from, Math.min(missing.size(), from + atOnce));
            Answer answer = labeller.answer(part, layers, done -> show(before + done, missing.size(), start));
            keep(part, LOGITS, answers, new Layer(answer.logits(), new Shape(teacher.classes().size())));
            answer.layers().forEach((layer, values) -> keep(part, name(layer), answers, values));
        }
    }

    private void keep(Split part, String what, Map<String, Answers> answers, Layer said) {
        int[] ids = part.ids();
        if (!IntStream.of(ids).allMatch(answers.get(what)::has)) {
            int width = (int) said.shape().size();
            int kept = what.equals(LOGITS) && width > EXACT_UP_TO ? KEPT_OF_MORE : width;
            answers.get(what).add(session.keep(key(part), what, Segment.encode(ids, said.values(), said.shape(), kept), monitor));
        }
    }

    private String key(Split rows) {
        return teacher.fingerprint() + "-" + rows.fingerprint();
    }

    private static String name(String layer) {
        return "layer " + layer;
    }

    private void show(int done, int total, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        String stage = "the teacher labels %,d of %,d rows".formatted(done, total);
        monitor.show(new Progress(title, stage, Progress.State.RUNNING, done / (double) total, Double.NaN, Double.NaN,
                Double.NaN, done / seconds, seconds, Devices.name(device)));
    }
}
