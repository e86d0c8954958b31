package dev.retort.model;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Answer;
import dev.retort.data.DataSet;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.train.Logits;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A Java function as a classifier. Nobody can tell what a function does, so its fingerprint is a new one each time: what is
 * remembered of its answers holds for this object alone.
 */
public final class FunctionClassifier extends UnsavedClassifier {
    private static final double SUM_TOLERANCE = 1e-3;

    private final String name;
    private final List<String> classes;
    private final Shape rowShape;
    private final Says says;
    private final RowFunction<double[]> function;
    private final String fingerprint = Fingerprint.of(UUID.randomUUID().toString());

    private FunctionClassifier(String name, DataSet data, Says says, RowFunction<double[]> function) {
        this.name = name;
        this.classes = data.classes();
        this.rowShape = data.rowShape();
        this.says = says;
        this.function = function;
    }

    /** From a function that gives a probability for each class. */
    public static Classifier estimating(String name, DataSet data, RowFunction<double[]> function) {
        int classes = data.classes().size();
        return new FunctionClassifier("estimating(\"" + name + "\")", data, Says.PROBABILITIES, row -> {
            double[] shares = function.of(row);
            if (shares.length != classes || !Arrays.stream(shares).allMatch(share -> share >= 0)
                    || !(Math.abs(Arrays.stream(shares).sum() - 1) < SUM_TOLERANCE)) {
                throw new IllegalArgumentException("it gave " + Arrays.toString(shares) + ", but one probability for each of the "
                        + classes + " classes is needed, 0 or more and 1 in sum");
            }
            return shares;
        });
    }

    /** From a function that gives the name of a class. */
    public static Classifier answering(String name, DataSet data, RowFunction<String> function) {
        List<String> classes = data.classes();
        return new FunctionClassifier("answering(\"" + name + "\")", data, Says.LABELS, row -> {
            String answer = function.of(row);
            int place = classes.indexOf(answer);
            if (place < 0) {
                throw new IllegalArgumentException("it gave '" + answer + "', which is none of " + Scores.brief(classes));
            }
            double[] one = new double[classes.size()];
            one[place] = 1;
            return one;
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public Shape rowShape() {
        return rowShape;
    }

    @Override
    public Says says() {
        return says;
    }

    @Override
    public long parameters() {
        return 0;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public Scorer open(Device device) {
        return (rows, from, to, layers) -> {
            double[] all = new double[(to - from) * classes.size()];
            for (int i = from; i < to; i++) {
                System.arraycopy(of(rows.rows(i, i + 1)), 0, all, (i - from) * classes.size(), classes.size());
            }
            return new Answer(Logits.ofProbabilities(all));
        };
    }

    private double[] of(Split row) {
        try {
            return function.of(row);
        } catch (Exception e) {
            throw new IllegalStateException(name + " failed for row " + row.id(0) + ": " + e.getMessage(), e);
        }
    }
}
