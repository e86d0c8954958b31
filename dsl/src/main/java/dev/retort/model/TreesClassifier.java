package dev.retort.model;

import ai.djl.Device;
import dev.retort.data.Answer;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.train.Logits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Trained decision trees. Those of {@code cart} and {@code randomForest} say the share of each class in the leaf that a row
 * comes to, and the mean over the trees is its probability; the sums of {@code boostedTrees} are logits.
 */
final class TreesClassifier extends StoredClassifier {
    static final String KIND = "trees";

    private static final String SAYS = "says";

    private final List<Tree> trees;
    private final Says says;

    TreesClassifier(Stored stored) {
        super(stored);
        trees = read(stored.content());
        says = Says.valueOf(detail(SAYS));
    }

    static Map<String, String> details(Says says) {
        return Map.of(SAYS, says.name());
    }

    @Override
    public Says says() {
        return says;
    }

    @Override
    public long parameters() {
        return trees.stream().mapToLong(Tree::nodes).sum();
    }

    /** The trees are on the heap already, whatever the device. */
    @Override
    public Scorer open(Device device) {
        return (rows, from, to, layers) -> new Answer(answer(rows.features(from, to), rows.width()));
    }

    /** One tree after the other for all rows: a tree fits into the processor's cache, a forest does not. */
    private float[] answer(float[] rows, int width) {
        int classes = classes().size();
        int size = rows.length / width;
        double[] sums = new double[size * classes];
        for (Tree tree : trees) {
            for (int row = 0; row < size; row++) {
                tree.answer(rows, row * width, sums, row * classes);
            }
        }
        double count = says == Says.LOGITS ? 1 : trees.size();
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= count;
        }
        return says == Says.LOGITS ? Logits.ofDoubles(sums) : Logits.ofProbabilities(sums);
    }

    static byte[] write(List<Tree> trees) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(trees.size());
            for (Tree tree : trees) {
                tree.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<Tree> read(byte[] content) {
        List<Tree> trees = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            for (int left = in.readInt(); left > 0; left--) {
                trees.add(Tree.read(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return trees;
    }
}
