package dev.retort.distill;

import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.AlternativeHypothesis;
import org.apache.commons.math3.stat.inference.BinomialTest;
import org.apache.commons.math3.stat.inference.TTest;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What distilling was good for: students with their teacher against the same students without, pair by pair.
 *
 * @param title      what was compared
 * @param distilled  accuracy with the teacher, from 0 to 1; the mean where there are several seeds
 * @param alone      accuracy without
 * @param margin     half of the 95 % interval of the difference
 * @param p          how probable so large a difference would be, if the teacher were good for nothing
 * @param test       the test that p comes from
 */
public record Gain(String title, double distilled, double alone, double margin, double p, String test) {
    private static final double LEVEL = 0.05;

    /** What can be said of a difference. */
    public enum Verdict {
        HELPED, HURT, INCONCLUSIVE;

        @Override
        public String toString() {
            return this == INCONCLUSIVE ? "inconclusive" : "distilling " + name().toLowerCase(Locale.ROOT);
        }
    }

    /** Two classifiers on the same rows: McNemar's exact test on the rows that only one of them has right. */
    static Gain onRows(String title, int[] distilled, int[] alone, int[] labels) {
        int n = labels.length;
        int won = count(n, i -> distilled[i] == labels[i] && alone[i] != labels[i]);
        int lost = count(n, i -> distilled[i] != labels[i] && alone[i] == labels[i]);
        int both = count(n, i -> distilled[i] == labels[i] && alone[i] == labels[i]);
        double difference = (won - lost) / (double) n;
        double deviation = Math.sqrt(((won + lost) / (double) n - difference * difference) / n);
        double p = won + lost == 0 ? 1
                : new BinomialTest().binomialTest(won + lost, won, 0.5, AlternativeHypothesis.TWO_SIDED);
        String test = String.format(Locale.ROOT, "McNemar on %,d rows, %d won, %d lost", n, won, lost);
        return new Gain(title, (both + won) / (double) n, (both + lost) / (double) n, 1.96 * deviation, p, test);
    }

    /** Accuracies of several pairs, a seed each: Student's paired t-test. */
    static Gain overSeeds(String title, double[] distilled, double[] alone) {
        double[] differences = IntStream.range(0, distilled.length).mapToDouble(i -> distilled[i] - alone[i]).toArray();
        double p = StatUtils.mean(differences) == 0 ? 1 : new TTest().pairedTTest(distilled, alone);
        return new Gain(title, StatUtils.mean(distilled), StatUtils.mean(alone), marginOfMean(differences), p,
                "paired t over " + distilled.length + " seeds");
    }

    /** Half of the 95 % interval of a mean, by Student's t. */
    static double marginOfMean(double[] values) {
        double error = Math.sqrt(StatUtils.variance(values) / values.length);
        return error * new TDistribution(null, values.length - 1).inverseCumulativeProbability(1 - LEVEL / 2);
    }

    /** The accuracy that the teacher added; negative when it cost some. */
    public double difference() {
        return distilled - alone;
    }

    /** Helped or hurt when p is below 0.05, otherwise inconclusive. */
    public Verdict verdict() {
        return !(p < LEVEL) ? Verdict.INCONCLUSIVE : difference() > 0 ? Verdict.HELPED : Verdict.HURT;
    }

    static Table table(List<Gain> gains) {
        return Table.create("with the teacher and without",
                StringColumn.create("run", gains.stream().map(Gain::title)),
                DoubleColumn.create("distilled", gains.stream().mapToDouble(Gain::distilled).toArray()),
                DoubleColumn.create("alone", gains.stream().mapToDouble(Gain::alone).toArray()),
                DoubleColumn.create("difference", gains.stream().mapToDouble(Gain::difference).toArray()),
                DoubleColumn.create("± 95 %", gains.stream().mapToDouble(Gain::margin).toArray()),
                DoubleColumn.create("p", gains.stream().mapToDouble(Gain::p).toArray()),
                StringColumn.create("verdict", gains.stream().map(gain -> gain.verdict().toString())),
                StringColumn.create("test", gains.stream().map(Gain::test)));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %.2f %% with the teacher, %.2f %% without; %+.2f points ± %.2f, p %s (%s): %s",
                title, 100 * distilled, 100 * alone, 100 * difference(), 100 * margin,
                p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "= %.3f", p), test, verdict());
    }

    private static int count(int n, IntPredicate condition) {
        return (int) IntStream.range(0, n).filter(condition).count();
    }
}
