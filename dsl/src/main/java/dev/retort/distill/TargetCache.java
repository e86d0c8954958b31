package dev.retort.distill;

import ai.djl.Device;
import dev.retort.data.Split;
import dev.retort.device.Devices;
import dev.retort.model.Classifier;
import dev.retort.model.Scores;
import dev.retort.train.Monitor;
import dev.retort.train.Progress;
import dev.retort.train.Provenance;
import dev.retort.train.Targets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What teachers said, so that no row is labelled twice. An answer is kept under the teacher's fingerprint, the data set's
 * fingerprint and the row's id: never by its place in a batch or a split, so that rows cannot be mixed up.
 */
final class TargetCache {
    /** An interrupted teacher loses at most this many answers. */
    private static final int KEPT_AT_ONCE = 4096;
    private static final long BUDGET_BYTES = 256L << 20;
    private static final Map<Key, Answers> KEPT = new LinkedHashMap<>(16, 0.75f, true);

    private final Classifier teacher;
    private final String title;
    private final Device device;
    private final Monitor monitor;

    TargetCache(Classifier teacher, String title, Device device, Monitor monitor) {
        this.teacher = teacher;
        this.title = title;
        this.device = device;
        this.monitor = monitor;
    }

    /** The teacher's logits of the rows and of their validation rows, from memory where it has answered before. */
    Targets targets(Split rows) {
        synchronized (KEPT) {
            Answers answers = KEPT.computeIfAbsent(new Key(teacher.fingerprint(), rows.fingerprint()), key -> new Answers());
            float[] logits = complete(answers, rows);
            float[] validation = rows.validation().map(split -> complete(answers, split)).orElse(new float[0]);
            forgetOldest();
            return new Targets(
                    new Provenance.Teacher(teacher.name(), teacher.fingerprint(), teacher.provenance()), teacher.says(), logits, Map.of(), validation);
        }
    }

    private float[] complete(Answers answers, Split rows) {
        Split missing = rows.where(i -> !answers.has(rows.id(i)));
        long start = System.nanoTime();
        for (int from = 0; from < missing.size(); from += KEPT_AT_ONCE) {
            int before = from;
            Split part = missing.rows(from, Math.min(missing.size(), from + KEPT_AT_ONCE));
            answers.put(part, Scores.of(teacher, part, device, done -> show(before + done, missing.size(), start)));
        }
        return answers.of(rows, teacher.classes().size());
    }

    private void show(int done, int total, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        String stage = "the teacher labels %,d of %,d rows".formatted(done, total);
        monitor.show(new Progress(title, stage, Progress.State.RUNNING, done / (double) total, Double.NaN, Double.NaN,
                Double.NaN, done / seconds, seconds, Devices.name(device)));
    }

    /** The least recently used answers go first; those of the current run always stay. */
    private static void forgetOldest() {
        long bytes = KEPT.values().stream().mapToLong(Answers::bytes).sum();
        Iterator<Answers> oldest = KEPT.values().iterator();
        for (int left = KEPT.size(); bytes > BUDGET_BYTES && left > 1; left--) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    private record Key(String teacher, String data) {
    }

    /** One teacher's logits for one data set, by row id. */
    private static final class Answers {
        private float[][] byId = new float[0][];

        boolean has(int id) {
            return id < byId.length && byId[id] != null;
        }

        void put(Split rows, float[] logits) {
            int classes = logits.length / rows.size();
            int highest = Arrays.stream(rows.ids()).max().orElse(-1);
            if (highest >= byId.length) {
                byId = Arrays.copyOf(byId, highest + 1);
            }
            for (int i = 0; i < rows.size(); i++) {
                byId[rows.id(i)] = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
            }
        }

        float[] of(Split rows, int classes) {
            float[] logits = new float[rows.size() * classes];
            for (int i = 0; i < rows.size(); i++) {
                System.arraycopy(byId[rows.id(i)], 0, logits, i * classes, classes);
            }
            return logits;
        }

        long bytes() {
            return Arrays.stream(byId).filter(row -> row != null).mapToLong(row -> 16L + 4L * row.length).sum();
        }
    }
}
