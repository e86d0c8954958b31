package dev.retort;

import ai.djl.Device;
import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.device.Devices;
import dev.retort.device.Threads;
import dev.retort.distill.Distillation;
import dev.retort.distill.Mutual;
import dev.retort.distill.Reproduction;
import dev.retort.distill.Run;
import dev.retort.distill.Sweep;
import dev.retort.distill.Tradeoff;
import dev.retort.loss.Schedule;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.report.Charts;
import dev.retort.report.Comparison;
import dev.retort.train.Adam;
import dev.retort.train.Provenance;
import dev.retort.train.Sgd;
import dev.retort.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.Table;

/** The words of the language; a notebook imports them all. */
public final class Retort extends ModelWords {
    private Retort() {
    }

    /** A data set that comes with Retort: digits, fashion-mnist, letter, movie-reviews. See {@link DataSet#named}. */
    public static DataSet dataset(String name) {
        return DataSet.named(name);
    }

    /** A data set from any table; {@code label} names the column to predict. See {@link DataSet#of}. */
    public static DataSet dataset(Table table, String label) {
        return DataSet.of(table, label);
    }

    /** A data set from a CSV file; {@code label} names the column to predict. See {@link DataSet#csv}. */
    public static DataSet csv(String file, String label) {
        return csv(Path.of(file), label);
    }

    /** A data set from a CSV file; {@code label} names the column to predict. See {@link DataSet#csv}. */
    public static DataSet csv(Path file, String label) {
        return DataSet.csv(file, label);
    }

    /** How long to train; the rest has defaults and withers. See {@link TrainingOptions}. */
    public static TrainingOptions epochs(int epochs) {
        return TrainingOptions.epochs(epochs);
    }

    /** Stochastic gradient descent; {@code momentum} and {@code decay} are 0 unless set. See {@link Sgd}. */
    public static Sgd sgd(double rate) {
        return new Sgd(rate, 0, 0);
    }

    /** Adam; {@code betas} are 0.9 and 0.999, {@code epsilon} is 1e-8 and {@code decay} 0 unless set. See {@link Adam}. */
    public static Adam adam(double rate) {
        return Adam.adam(rate);
    }

    /** Adam with decoupled weight decay, 0.01 unless set. See {@link Adam}. */
    public static Adam adamW(double rate) {
        return Adam.adamW(rate);
    }

    /** A factor that stays. See {@link Schedule}. */
    public static Schedule constant(double factor) {
        return Schedule.constant(factor);
    }

    /** A factor that goes in a straight line from one number to another over the run. */
    public static Schedule ramp(double from, double to) {
        return Schedule.ramp(from, to);
    }

    /** A factor that goes along half a cosine from one number to another over the run. */
    public static Schedule cosine(double from, double to) {
        return Schedule.cosine(from, to);
    }

    /** A factor of 1, multiplied by {@code factor} at each of these shares of the run. */
    public static Schedule stepwise(double factor, double... shares) {
        return Schedule.stepwise(factor, shares);
    }

    /** Begins a distillation: {@code distill(teacher).into(student).on(split).run()}. See {@link Distillation}. */
    public static Distillation.From distill(Classifier teacher) {
        return Distillation.from(teacher);
    }

    /** Students that learn from each other: {@code mutual(mlp(32), mlp(64)).on(split).run()}. See {@link Mutual}. */
    public static Mutual mutual(Blueprint... students) {
        return Mutual.of(students);
    }

    /** Size, speed and accuracy of classifiers, measured on the same rows; the first is the reference. See {@link Comparison}. */
    public static Comparison compare(Split rows, Classifier first, Classifier... others) {
        return Comparison.of(rows, first, others);
    }

    /** A chart of a run: loss, validation accuracy and agreement by epoch. */
    public static XYChart plot(Run run) {
        return Charts.training(run);
    }

    /** A chart of size against accuracy, the Pareto front marked. See {@link Tradeoff}. */
    public static XYChart plot(Tradeoff tradeoff) {
        return Charts.tradeoff(tradeoff);
    }

    /** A chart of a sweep: mean validation accuracy, a line for each student from loss to loss. */
    public static CategoryChart plot(Sweep sweep) {
        return Charts.means(sweep);
    }

    /** A chart of a classifier's probabilities for one row, softened at these temperatures. */
    public static CategoryChart plot(Classifier classifier, Split row, double... temperatures) {
        return Charts.softened(classifier, row, temperatures);
    }

    /** Removes what the running cell has shown, in Retort's own kernel. */
    public static void clear() {
        clear(false);
    }

    /** Removes what the running cell has shown when its next output comes, so that nothing flickers; at once if not {@code wait}. */
    public static void clear(boolean wait) {
        BaseNotebookStatics.lineMagic("clear", wait ? List.of("wait") : List.of());
    }

    /** Lets nets calculate with this many threads; unless set, with as many as there are physical cores. See {@link Threads}. */
    public static void threads(int count) {
        Threads.use(count);
    }

    /** The device that runs use unless told otherwise: the first GPU that works, otherwise the CPU. */
    public static Device device() {
        return Devices.best();
    }

    /** The device of this name; an error says what to install when there is none. See {@link Devices#named}. */
    public static Device device(String name) {
        return Devices.named(name);
    }

    /**
     * Trains a classifier again as it was trained, and says whether it is bitwise the same; after its provenance come data sets,
     * teachers and blueprints of your own. See {@link Reproduction}.
     */
    public static Reproduction reproduce(Provenance provenance, Object... own) {
        return Reproduction.of(provenance, Retort.class, own);
    }

    /**
     * Goes on with the training whose {@link TrainingOptions#checkpoint} this is; after it come data sets, teachers and
     * blueprints of your own. See {@link Reproduction#resume}.
     */
    public static Classifier resume(String checkpoint, Object... own) throws IOException {
        return Reproduction.resume(Path.of(checkpoint), Retort.class, own);
    }
}
