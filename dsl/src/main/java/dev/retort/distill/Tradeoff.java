package dev.retort.distill;

import dev.retort.data.Split;
import dev.retort.model.Classifier;
import dev.retort.model.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Size against accuracy. A model is on the Pareto front when none that is as small is more accurate, and none that is as
 * accurate is smaller.
 *
 * @param rows   the name of the split that was measured on
 * @param points the models, the teacher first
 */
public record Tradeoff(String rows, List<Point> points) {
    private static final double CONFIDENCE = 0.95;

    /**
     * One model, or several that differ in their seed alone.
     *
     * @param name     student and loss, or the teacher
     * @param seeds    how many there are
     * @param bytes    size of the weights, the mean over seeds
     * @param accuracy from 0 to 1, the mean over seeds
     * @param margin   half of the 95 % interval: Student's over seeds; for one seed Wilson's over rows
     * @param front    whether it is on the Pareto front
     */
    public record Point(String name, int seeds, long parameters, long bytes, double accuracy, double margin, boolean front) {
        private boolean isBeatenBy(Point other) {
            return other.bytes <= bytes && other.accuracy >= accuracy && (other.bytes < bytes || other.accuracy > accuracy);
        }

        private Point among(List<Point> all) {
            return new Point(name, seeds, parameters, bytes, accuracy, margin, all.stream().noneMatch(this::isBeatenBy));
        }
    }

    public Tradeoff {
        points = List.copyOf(points);
    }

    static Tradeoff of(Split rows, Classifier teacher, Map<?, List<Classifier>> students) {
        if (rows.size() == 0) {
            throw new IllegalArgumentException("the split " + rows.name() + " is empty: there is nothing to measure accuracy on");
        }
        Scores.check(teacher, rows);
        List<Point> points = new ArrayList<>();
        points.add(point("the teacher", List.of(teacher), rows));
        students.forEach((name, models) -> points.add(point(name.toString(), models, rows)));
        return new Tradeoff(rows.name(), points.stream().map(point -> point.among(points)).toList());
    }

    private static Point point(String name, List<Classifier> models, Split rows) {
        double[] accuracies = models.stream().mapToDouble(model -> model.accuracy(rows)).toArray();
        double accuracy = StatUtils.mean(accuracies);
        return new Point(name, models.size(), mean(models, Classifier::parameters), mean(models, Classifier::bytes), accuracy,
                models.size() == 1 ? marginOfRows(accuracy, rows.size()) : Gain.marginOfMean(accuracies), false);
    }

    private static long mean(List<Classifier> models, ToLongFunction<Classifier> size) {
        return Math.round(models.stream().mapToLong(size).average().orElseThrow());
    }

    private static double marginOfRows(double accuracy, int rows) {
        ConfidenceInterval interval = new WilsonScoreInterval().createInterval(rows, (int) Math.round(accuracy * rows), CONFIDENCE);
        return (interval.getUpperBound() - interval.getLowerBound()) / 2;
    }

    /** One row a model: seeds, parameters, bytes, accuracy with half its 95 % interval, and whether it is on the Pareto front. */
    public Table table() {
        return Table.create("size against accuracy on " + rows,
                StringColumn.create("model", points.stream().map(Point::name)),
                IntColumn.create("seeds", points.stream().mapToInt(Point::seeds).toArray()),
                LongColumn.create("parameters", points.stream().mapToLong(Point::parameters).toArray()),
                LongColumn.create("bytes", points.stream().mapToLong(Point::bytes).toArray()),
                DoubleColumn.create("accuracy", points.stream().mapToDouble(Point::accuracy).toArray()),
                DoubleColumn.create("± 95 %", points.stream().mapToDouble(Point::margin).toArray()),
                BooleanColumn.create("Pareto front", points.stream().map(Point::front).toList()));
    }

    @Override
    public String toString() {
        return points.stream().filter(Point::front).map(Point::name).collect(Collectors.joining("; ", "on the Pareto front: ", ""));
    }
}
