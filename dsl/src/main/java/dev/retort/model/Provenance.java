package dev.retort.model;

import ai.djl.engine.Engine;
import dev.retort.data.Split;
import dev.retort.device.Torch;
import dev.retort.train.Lesson;
import dev.retort.train.Targets;
import dev.retort.train.Trained;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a classifier was made: enough to make it again.
 *
 * @param data            the split's name
 * @param dataFingerprint of the data set
 * @param rows            how many rows it was trained on
 * @param loss            as written in the language
 * @param options         as written in the language
 * @param epochs          completed
 * @param steps           batches
 * @param interrupted     whether it was stopped before the end
 * @param device          where it was trained
 * @param trained         when, UTC
 * @param versions        of Java, DJL, PyTorch and Retort
 * @param teacher         who taught it; null for one trained on labels alone
 */
public record Provenance(
        String data,
        String dataFingerprint,
        int rows,
        String loss,
        String options,
        int epochs,
        long steps,
        boolean interrupted,
        String device,
        String trained,
        Map<String, String> versions,
        Teacher teacher) {

    /** Who taught a student. */
    public record Teacher(String name, String fingerprint) {
    }

    static Provenance of(Lesson lesson, Trained trained) {
        Split rows = lesson.rows();
        Targets targets = lesson.targets();
        Teacher teacher = targets == null ? null : new Teacher(targets.teacher(), targets.fingerprint());
        return new Provenance(rows.name(), rows.fingerprint(), rows.size(), lesson.loss().toString(), lesson.options().toString(), trained.epochs(),
                trained.steps(), trained.interrupted(), trained.device(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), runningVersions(), teacher);
    }

    /** One fact a line. */
    @Override
    public String toString() {
        return String.join("\n",
                "teacher   " + (teacher == null ? "none" : teacher.name() + " (" + teacher.fingerprint().substring(0, 12) + ")"),
                "data      " + data + ", " + rows + " rows (" + dataFingerprint.substring(0, 12) + ")",
                "loss      " + loss,
                "options   " + options,
                "trained   " + epochs + " epochs, " + steps + " steps" + (interrupted ? ", interrupted" : ""),
                "when      " + trained + " on " + device,
                "versions  " + versions);
    }

    private static Map<String, String> runningVersions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("retort", version());
        versions.put("java", Runtime.version().toString());
        versions.put("djl", Engine.getDjlVersion());
        versions.put("pytorch", Torch.engine().getVersion());
        return versions;
    }

    private static String version() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
