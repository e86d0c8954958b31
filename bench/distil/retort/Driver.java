package bench;

import static dev.retort.Retort.compare;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.load;
import static dev.retort.Retort.softTargets;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.distill.Run;
import dev.retort.loss.Loss;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.report.Comparison;
import dev.retort.train.Lesson;
import dev.retort.train.Monitor;
import dev.retort.train.TrainingOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;
import tech.tablesaw.api.Table;

/** Retort's side of the benchmark, in the words that its users have. Reads one task, prints its figures: both JSON. */
public final class Driver {
    static final int SEED = 1;
    static final ObjectMapper JSON = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    private Driver() {
    }

    public static void main(String[] arguments) throws IOException, RunnerException {
        Task task = JSON.readValue(arguments[0], Task.class);
        System.out.println(JSON.writeValueAsString(figures(task)));
    }

    private static Object figures(Task task) throws IOException, RunnerException {
        return switch (task.work()) {
            case "conditions" -> Conditions.write(task);
            case "learn" -> learn(task);
            case "first epoch" -> firstEpoch(task);
            case "label" -> label(task);
            case "whole" -> whole(task);
            case "growth" -> Growth.speed(task);
            default -> throw new IllegalArgumentException("no work '" + task.work() + "'");
        };
    }

    /** Epoch by epoch: of the teacher on labels, or of the student on what the teacher said. */
    private static Map<Integer, Object> learn(Task task) throws IOException {
        Split rows = dataset(task.data()).train().rows(0, task.rows());
        Map<Integer, Object> figures = new LinkedHashMap<>();
        for (int batch : task.batches()) {
            TrainingOptions options = epochs(task.epochs()).seed(SEED).batch(batch);
            Table history = task.student() == null
                    ? Nets.parse(task.teacher()).train(new Lesson("", rows, null, hardLabels(), options, Monitor.create())).history().table()
                    : distillation(task, rows, options).history();
            figures.put(batch, Map.of(
                    "rows_per_s", history.doubleColumn("rows per second").asDoubleArray(),
                    "losses", history.doubleColumn("loss").asDoubleArray(),
                    "accuracies", history.doubleColumn("validation accuracy").asDoubleArray()));
        }
        return figures;
    }

    /** One epoch on rows that the teacher has not seen before, its answers included. */
    private static Map<Integer, Object> firstEpoch(Task task) throws IOException {
        DataSet data = dataset(task.data());
        distillation(task, data.validation(), epochs(1).seed(SEED));
        Map<Integer, Object> figures = new LinkedHashMap<>();
        for (int batch : task.batches()) {
            int from = figures.size() * task.rows();
            Split unseen = data.train().rows(from, from + task.rows());
            long began = System.nanoTime();
            distillation(task, unseen, epochs(1).seed(SEED).batch(batch));
            figures.put(batch, Map.of("rows_per_s", new double[] {task.rows() / secondsSince(began)}));
        }
        return figures;
    }

    /** The teacher's answers; Retort chooses the batch. */
    private static Map<Integer, Object> label(Task task) throws IOException, RunnerException {
        double[] speeds = Labelling.speeds(JSON.writeValueAsString(task));
        double accuracy = teacher(task).accuracy(dataset(task.data()).test());
        Map<Integer, Object> figures = new LinkedHashMap<>();
        task.batches().forEach(batch -> figures.put(batch, Map.of("rows_per_s", speeds, "accuracies", List.of(accuracy))));
        return figures;
    }

    /** From data on disk to a student that is compared with its teacher. */
    private static Map<String, Object> whole(Task task) {
        DataSet data = dataset(task.data());
        long began = System.nanoTime();
        Classifier teacher = Nets.parse(task.teacher()).fit(data.train(), epochs(task.teacherEpochs()).seed(SEED));
        double taught = secondsSince(began);
        Run run = distill(teacher).into(Nets.parse(task.student())).on(data.train()).loss(loss(task))
                .run(epochs(task.epochs()).seed(SEED));
        Comparison comparison = compare(data.test(), teacher, run.student());
        List<Map<String, Double>> compared = comparison.table().doubleColumn("accuracy").asList().stream()
                .map(accuracy -> Map.of("accuracy", accuracy)).toList();
        return Map.of("teacher_s", taught, "compared", compared);
    }

    private static Run distillation(Task task, Split rows, TrainingOptions options) throws IOException {
        Blueprint student = Nets.parse(task.student());
        return distill(teacher(task)).into(student).on(rows).loss(loss(task)).run(options);
    }

    private static Classifier teacher(Task task) throws IOException {
        return load(task.folder() + "/teacher.retort");
    }

    private static Loss loss(Task task) {
        return softTargets(task.temperature()).times(task.soft()).plus(hardLabels().times(1 - task.soft()));
    }

    static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
