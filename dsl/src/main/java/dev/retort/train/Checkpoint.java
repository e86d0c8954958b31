package dev.retort.train;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.retort.data.Archive;
import dev.retort.train.History.Epoch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipException;

/**
 * A training that can go on, as one file.
 *
 * @param header what it is, and where it stands
 * @param state  the net and what its step remembers
 * @param best   the weights of the best epoch; empty where they are not kept
 */
public record Checkpoint(Header header, byte[] state, byte[] best) {
    private static final int FORMAT = 1;
    private static final String HEADER = "checkpoint.json";
    private static final String STATE = "state.bin";
    private static final String BEST = "best.bin";
    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Where a training stands.
     *
     * @param run    what is being trained, so far
     * @param rows   how many rows of the current epoch are done
     * @param loss   of these, summed
     * @param epochs the completed ones
     */
    public record Header(int format, Provenance run, int rows, double loss, List<Epoch> epochs) {
        Header(Provenance run, int rows, double loss, List<Epoch> epochs) {
            this(FORMAT, run, rows, loss, epochs);
        }
    }

    /** Writes it whole, or leaves what was there. */
    void write(Path file) throws IOException {
        Archive.write(file, Map.of(HEADER, JSON.writeValueAsBytes(header), STATE, state, BEST, best));
    }

    /** @throws IOException when there is no such file, or it is something else, or damaged */
    public static Checkpoint read(Path file) throws IOException {
        try {
            Map<String, byte[]> pieces = Archive.read(file, HEADER, STATE, BEST);
            Header header = JSON.readValue(pieces.get(HEADER), Header.class);
            if (header.format() != FORMAT) {
                throw new IOException(file + " has the format " + header.format() + ", this version reads " + FORMAT
                        + "; resume it with the version that wrote it");
            }
            return new Checkpoint(header, pieces.get(STATE), pieces.get(BEST));
        } catch (ZipException | JacksonException e) {
            throw new IOException(file + " is not a checkpoint, or is damaged (" + e.getMessage() + "); delete it to begin again", e);
        }
    }

    /**
     * Refuses to go on with another training than the one that was begun.
     *
     * @throws IllegalArgumentException says what differs
     */
    void check(Provenance now, Path file) {
        Provenance then = header.run();
        require(file, "trains", then.model(), now.model());
        require(file, "is taught by", teacher(then), teacher(now));
        require(file, "learns from", rows(then), rows(now));
        require(file, "minimises", then.loss(), now.loss());
        require(file, "has the options", then.options(), now.options());
    }

    private static String teacher(Provenance run) {
        return run.teacher() == null ? "no teacher" : run.teacher().name() + " (" + run.teacher().fingerprint() + ")";
    }

    private static String rows(Provenance run) {
        return run.data() + " (" + run.dataFingerprint() + ", rows " + run.rowsFingerprint() + ")";
    }

    private static void require(Path file, String what, String then, String now) {
        if (!Objects.equals(then, now)) {
            throw new IllegalArgumentException("the run in " + file + " " + what + " " + then + ", but this one " + now
                    + "; go on with that one, or give this one another file");
        }
    }
}
