package dev.retort.report;

import dev.retort.data.Split;
import dev.retort.distill.Run;
import dev.retort.distill.Sweep;
import dev.retort.distill.Tradeoff;
import dev.retort.distill.Tradeoff.Point;
import dev.retort.model.Classifier;
import dev.retort.train.Logits;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Charts in colours that colour-blind people can tell apart (Okabe and Ito 2008); lines differ in their markers too. */
public final class Charts {
    /** So many characters fit side by side below an axis. */
    private static final int LONGEST_LABELS = 70;
    private static final Color BLUE = new Color(0x0072B2);
    private static final Color VERMILION = new Color(0xD55E00);
    private static final Color GREEN = new Color(0x009E73);
    private static final Color[] COLOURS = {
        BLUE, new Color(0xE69F00), GREEN, VERMILION, new Color(0x56B4E9), new Color(0xCC79A7), new Color(0xF0E442), Color.BLACK
    };
    private static final DecimalFormat PLAIN = new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    /** A factor on a logarithmic axis. */
    private static final double ROOM = 2.5;

    private Charts() {
    }

    /**
     * Validation accuracy and agreement (left axis) and loss (right axis) of a run, by epoch.
     *
     * @throws IllegalArgumentException when the run was interrupted before its first epoch was complete
     */
    public static XYChart training(Run run) {
        Table history = run.history();
        if (history.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to plot: " + run);
        }
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(run.title()).xAxisTitle("epoch").build();
        style(chart.getStyler());
        chart.setYAxisGroupTitle(0, "share of validation rows");
        chart.setYAxisGroupTitle(1, "loss");
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        line(chart, history, "validation accuracy", BLUE, SeriesMarkers.CIRCLE, 0);
        line(chart, history, "agreement", GREEN, SeriesMarkers.DIAMOND, 0);
        line(chart, history, "loss", VERMILION, SeriesMarkers.SQUARE, 1);
        return chart;
    }

    /**
     * {@code softmax(logits / T)} of one row, for each temperature.
     *
     * @throws IllegalArgumentException when there is more than one row or no temperature
     */
    public static CategoryChart softened(Classifier classifier, Split row, double... temperatures) {
        if (row.size() != 1 || temperatures.length == 0) {
            throw new IllegalArgumentException("a chart of softened probabilities needs one row and at least one temperature, not "
                    + row.size() + " rows and " + temperatures.length + " temperatures; write split.row(id) for one row");
        }
        List<String> classes = classifier.classes();
        float[] logits = classifier.scores(row);
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT)
                .title(classifier.name() + " on row " + row.id(0) + " (" + row.labelName(0) + ")")
                .yAxisTitle("probability").build();
        style(chart.getStyler());
        chart.getStyler().setXAxisLabelRotation(classes.size() > 6 ? 45 : 0);
        for (double temperature : temperatures) {
            List<Double> probabilities =
                    Arrays.stream(Logits.probabilities(logits, classes.size(), temperature)).boxed().toList();
            chart.addSeries("T = " + PLAIN.format(temperature), classes, probabilities);
        }
        return chart;
    }

    /** Mean validation accuracy over the seeds: a line for each student, from loss to loss. */
    public static CategoryChart means(Sweep sweep) {
        Table means = sweep.means();
        List<String> losses = means.columnNames().subList(1, means.columnCount());
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT)
                .title(means.name()).yAxisTitle("accuracy").build();
        style(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
        chart.getStyler().setOverlapped(true); // Or the points of each student would stand beside the name of their loss.
        chart.getStyler().setXAxisLabelRotation(String.join("", losses).length() > LONGEST_LABELS ? 30 : 0);
        for (Row student : means) {
            chart.addSeries(student.getString(0), losses, losses.stream().map(student::getDouble).toList());
        }
        return chart;
    }

    /** Size (on a logarithmic axis) against accuracy with its 95 % interval; the Pareto front is a line. */
    public static XYChart tradeoff(Tradeoff tradeoff) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title("size against accuracy on " + tradeoff.rows())
                .xAxisTitle("bytes").yAxisTitle("accuracy").build();
        style(chart.getStyler());
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setXAxisDecimalPattern("#,###");
        points(chart, "Pareto front", tradeoff.points().stream().filter(Point::front), BLUE, SeriesMarkers.CIRCLE)
                .ifPresent(series -> series.setLineStyle(new BasicStroke(2)));
        points(chart, "others", tradeoff.points().stream().filter(point -> !point.front()), VERMILION, SeriesMarkers.SQUARE)
                .ifPresent(series -> series.setLineStyle(SeriesLines.NONE));
        name(chart, tradeoff.points());
        return chart;
    }

    /** Names the points, with room on all sides for the text. */
    private static void name(XYChart chart, List<Point> points) {
        DoubleSummaryStatistics accuracy = points.stream().flatMapToDouble(
                point -> DoubleStream.of(point.accuracy() - point.margin(), point.accuracy() + point.margin())).summaryStatistics();
        LongSummaryStatistics bytes = points.stream().mapToLong(Point::bytes).summaryStatistics();
        double space = 0.05 * (accuracy.getMax() - accuracy.getMin());
        chart.getStyler().setYAxisMin(accuracy.getMin() - 2 * space).setYAxisMax(accuracy.getMax() + 2 * space);
        chart.getStyler().setXAxisMin(bytes.getMin() / ROOM).setXAxisMax(bytes.getMax() * ROOM);
        points.forEach(point -> chart.addAnnotation(new AnnotationText(point.name(), point.bytes(),
                point.accuracy() + (isNamedAbove(point, points, 4 * space) ? 1 : -1) * (point.margin() + space), false)));
    }

    /** Those of the front, and those with another just below. */
    private static boolean isNamedAbove(Point point, List<Point> points, double near) {
        return point.front() || points.stream().anyMatch(other -> other.accuracy() < point.accuracy()
                && point.accuracy() - other.accuracy() < near && Math.abs(Math.log((double) other.bytes() / point.bytes())) < Math.log(ROOM));
    }

    private static Optional<XYSeries> points(XYChart chart, String name, Stream<Point> some, Color colour, Marker marker) {
        List<Point> points = some.sorted(Comparator.comparingLong(Point::bytes)).toList();
        if (points.isEmpty()) {
            return Optional.empty();
        }
        XYSeries series = chart.addSeries(name, points.stream().map(Point::bytes).toList(),
                points.stream().map(Point::accuracy).toList(), points.stream().map(Point::margin).toList());
        series.setMarker(marker);
        series.setMarkerColor(colour);
        series.setLineColor(colour);
        return Optional.of(series);
    }

    private static void line(XYChart chart, Table history, String column, Color colour, Marker marker, int axis) {
        List<Double> epochs = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < history.rowCount(); i++) {
            double value = history.doubleColumn(column).getDouble(i);
            if (Double.isFinite(value)) {
                epochs.add((double) history.intColumn("epoch").getInt(i));
                values.add(value);
            }
        }
        if (values.isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(column, epochs, values);
        series.setYAxisGroup(axis);
        series.setMarker(marker);
        series.setMarkerColor(colour);
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(2));
    }

    private static void style(AxesChartStyler styler) {
        styler.setSeriesColors(COLOURS);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        styler.setYAxisDecimalPattern("0.###");
    }
}
