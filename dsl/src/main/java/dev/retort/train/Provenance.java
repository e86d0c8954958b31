package dev.retort.train;

import ai.djl.engine.Engine;
import dev.retort.data.Split;
import dev.retort.device.Torch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How a classifier was made: enough to make it again.
 *
 * @param model           the blueprint, as written in the language
 * @param data            the split's name
 * @param dataFingerprint of the data set
 * @param rows            how many rows it was trained on
 * @param rowsFingerprint of their ids in their order, and their labels
 * @param loss            as written in the language
 * @param options         as written in the language
 * @param epochs          completed; 1 of a model that has none
 * @param kept            the epoch whose weights it has: the last one, unless the best one was wanted
 * @param steps           batches
 * @param interrupted     whether it was stopped before the end
 * @param device          where it was trained
 * @param trained         when, UTC
 * @param seconds         how long it took, by the clock on the wall
 * @param versions        of Java, DJL, PyTorch and Retort
 * @param fingerprint     of what came out
 * @param trainer         what a library says of its training, that trained it in its own way: Tribuo's provenance; otherwise empty
 * @param teacher         who taught it; null for one trained on labels alone
 */
public record Provenance(
        String model,
        String data,
        String dataFingerprint,
        int rows,
        String rowsFingerprint,
        String loss,
        String options,
        int epochs,
        int kept,
        long steps,
        boolean interrupted,
        String device,
        String trained,
        double seconds,
        Map<String, String> versions,
        String fingerprint,
        String trainer,
        Teacher teacher) {

    /** Who taught a student, and how the teacher itself was made. */
    public record Teacher(String name, String fingerprint, Provenance provenance) {
        @Override
        public String toString() {
            return name + " (" + brief(fingerprint) + ")" + (provenance.trainer.isEmpty() ? "" : " " + provenance.by());
        }
    }

    /**
     * @param model       the blueprint, as written in the language
     * @param fingerprint of what came out
     */
    public static Provenance of(Lesson lesson, String model, Trained trained, String fingerprint) {
        Split rows = lesson.rows();
        return new Provenance(model, rows.name(), rows.fingerprint(), rows.size(), fingerprint(rows),
                lesson.loss().toString(), lesson.options().toString(), trained.epochs(), trained.kept(), trained.steps(),
                trained.interrupted(), trained.device(), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), trained.seconds(),
                runningVersions(), fingerprint, trained.trainer(), lesson.targets() == null ? null : lesson.targets().teacher());
    }

    /**
     * Of a classifier that nothing here trained: a file, a function, an ensemble.
     *
     * @param model       what it is
     * @param fingerprint of it
     * @param trainer     what the library says of its training that it comes from; otherwise empty
     */
    public static Provenance elsewhere(String model, String fingerprint, String trainer) {
        return new Provenance(model, "", "", 0, "", "", "", 0, 0, 0, false, "", "", 0, Map.of(), fingerprint, trainer, null);
    }

    /** Whether it was trained on these rows. */
    public boolean isOf(Split split) {
        return split.fingerprint().equals(dataFingerprint) && fingerprint(split).equals(rowsFingerprint);
    }

    /** One fact a line. */
    @Override
    public String toString() {
        if (rows == 0) {
            return "model     " + model + " (" + brief(fingerprint) + "), not trained here"
                    + (trainer.isEmpty() ? "" : "\ntrained   " + by());
        }
        String how = trainer.isEmpty()
                ? epochs + " epochs, " + steps + " steps" + (kept == epochs ? "" : ", epoch " + kept + " kept") : by();
        return String.join("\n",
                "model     " + model + " (" + brief(fingerprint) + ")",
                "teacher   " + (teacher == null ? "none" : teacher),
                "data      " + data + ", " + rows + " rows (" + brief(dataFingerprint) + ")",
                "loss      " + loss,
                "options   " + options,
                "trained   " + how + (interrupted ? ", interrupted" : ""),
                "when      " + trained + " on " + device + String.format(Locale.ROOT, ", %.1f s", seconds),
                "versions  " + versions);
    }

    private String by() {
        return "by " + trainer;
    }

    private static String fingerprint(Split rows) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Integer.BYTES * rows.size());
        bytes.asIntBuffer().put(rows.ids()).put(rows.labels());
        return UUID.nameUUIDFromBytes(bytes.array()).toString();
    }

    private static String brief(String fingerprint) {
        return fingerprint.substring(0, 12);
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
