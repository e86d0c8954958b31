package dev.retort.model;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Answer;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.train.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several classifiers that answer as one, with the mean of their probabilities; one that says labels only gives its class all
 * of its own. Immutable.
 */
public final class Ensemble extends UnsavedClassifier {
    private final List<Classifier> members;
    private final RowFunction<double[]> weights;
    private final String written;
    private final Says says;

    private Ensemble(List<Classifier> members, RowFunction<double[]> weights, String written, Says says) {
        this.members = members;
        this.weights = weights;
        this.written = written;
        this.says = says;
    }

    /**
     * An ensemble in which all count alike.
     *
     * @throws IllegalArgumentException when their classes, rows or columns differ
     */
    public static Ensemble of(Classifier first, Classifier... others) {
        List<Classifier> members = Stream.concat(Stream.of(first), Stream.of(others)).toList();
        for (Classifier member : others) {
            if (!member.classes().equals(first.classes()) || !member.rowShape().equals(first.rowShape())) {
                throw new IllegalArgumentException("an ensemble needs members for the same rows and classes, but " + first.name() + " takes rows of "
                        + first.rowShape() + " and knows " + Scores.brief(first.classes()) + ", " + member.name() + " takes rows of "
                        + member.rowShape() + " and knows " + Scores.brief(member.classes()));
            }
            members.stream().takeWhile(before -> before != member).forEach(before -> checkColumns(before, member));
        }
        double[] alike = DoubleStream.generate(() -> 1).limit(members.size()).toArray();
        return new Ensemble(members, new Constant(alike), "", Says.PROBABILITIES);
    }

    private static void checkColumns(Classifier one, Classifier other) {
        int place = Scores.firstDifference(one.columns(), other.columns());
        if (place >= 0) {
            throw new IllegalArgumentException("an ensemble needs members for the same columns, but column " + (place + 1) + " of "
                    + one.name() + " is " + Scores.name(one.columns(), place) + ", that of " + other.name() + " is "
                    + Scores.name(other.columns(), place));
        }
    }

    /**
     * The same members, of which each counts so much.
     *
     * @throws IllegalArgumentException when there is not one weight a member, or one is negative, or all are 0
     */
    public Ensemble weights(double... each) {
        double[] checked = check(each.clone());
        String text = Arrays.stream(checked).mapToObj(String::valueOf).collect(Collectors.joining(", ", ".weights(", ")"));
        return new Ensemble(members, new Constant(checked), text, says);
    }

    /**
     * The same members, weighted anew for each row. Nobody can tell what a function does, so the fingerprint is a new one each
     * time.
     *
     * @param each gives one weight a member, each 0 or more, at least one above
     */
    public Ensemble weights(RowFunction<double[]> each) {
        return new Ensemble(members, each, ".weights(" + UUID.randomUUID() + ")", says);
    }

    /**
     * The same members, which answer with the mean of their logits instead of their probabilities.
     *
     * @throws IllegalArgumentException when one says no logits
     */
    public Ensemble ofLogits() {
        for (Classifier member : members) {
            if (member.says() != Says.LOGITS) {
                throw new IllegalArgumentException("the mean of logits needs logits of all members, but " + member.name() + " says "
                        + member.says().name().toLowerCase(Locale.ROOT) + " only; leave ofLogits() out for the mean of probabilities");
            }
        }
        return new Ensemble(members, weights, written, Says.LOGITS);
    }

    private double[] check(double[] each) {
        if (each.length != members.size() || !Arrays.stream(each).allMatch(w -> w >= 0 && Double.isFinite(w))
                || Arrays.stream(each).sum() == 0) {
            throw new IllegalArgumentException("an ensemble of " + members.size() + " needs as many weights, each 0 or more and one above, not "
                    + Arrays.toString(each));
        }
        return each;
    }

    /** The members' weights for a row, divided by their sum. */
    private double[] shares(Split row) {
        try {
            double[] each = check(weights.of(row));
            double sum = Arrays.stream(each).sum();
            return Arrays.stream(each).map(weight -> weight / sum).toArray();
        } catch (Exception e) {
            throw new IllegalStateException(name() + " could not weigh row " + row.id(0) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return members.stream().map(Classifier::name).collect(Collectors.joining(", ", "ensemble(", ")"));
    }

    @Override
    public List<String> classes() {
        return members.get(0).classes();
    }

    @Override
    public Shape rowShape() {
        return members.get(0).rowShape();
    }

    @Override
    public List<String> columns() {
        return members.stream().map(Classifier::columns).filter(columns -> !columns.isEmpty()).findFirst().orElse(List.of());
    }

    @Override
    public Says says() {
        return says;
    }

    @Override
    public long parameters() {
        return members.stream().mapToLong(Classifier::parameters).sum();
    }

    @Override
    public long bytes() {
        return members.stream().mapToLong(Classifier::bytes).sum();
    }

    @Override
    public String fingerprint() {
        return Fingerprint.of(says + written + members.stream().map(Classifier::fingerprint).toList());
    }

    @Override
    public Scorer open(Device device) {
        return new EnsembleScorer(device);
    }

    @Override
    public String toString() {
        return name() + written + (says == Says.LOGITS ? ".ofLogits()" : "");
    }

    private record Constant(double[] each) implements RowFunction<double[]> {
        @Override
        public double[] of(Split row) {
            return each;
        }
    }

    private final class EnsembleScorer implements Scorer {
        private final List<Scorer> scorers = new ArrayList<>();

        EnsembleScorer(Device device) {
            try {
                members.forEach(member -> scorers.add(member.open(device)));
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        @Override
        public Answer answer(Split rows, int from, int to, Set<String> layers) {
            int classes = classes().size();
            double[][] shares = new double[to - from][];
            Arrays.setAll(shares, i -> shares(rows.rows(from + i, from + i + 1)));
            double[] mean = new double[(to - from) * classes];
            for (int m = 0; m < scorers.size(); m++) {
                double[] said = said(scorers.get(m).logits(rows, from, to), classes);
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += shares[i / classes][m] * said[i];
                }
            }
            return new Answer(says == Says.LOGITS ? Logits.ofDoubles(mean) : Logits.ofProbabilities(mean));
        }

        @Override
        public int threads(Set<String> layers) {
            return weights instanceof Constant ? scorers.stream().mapToInt(scorer -> scorer.threads(layers)).min().orElseThrow() : 1;
        }

        @Override
        public int rowsAtOnce() {
            return scorers.stream().mapToInt(Scorer::rowsAtOnce).min().orElseThrow();
        }

        private double[] said(float[] logits, int classes) {
            return says == Says.LOGITS ? IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray()
                    : Logits.probabilities(logits, classes, 1);
        }

        @Override
        public void close() {
            scorers.forEach(Scorer::close);
        }
    }
}
