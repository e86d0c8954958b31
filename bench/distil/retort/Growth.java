package bench;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;

import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.model.Classifier;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A table as long as is asked for, made of the rows of a small one. */
final class Growth {
    private static final double TRAIN_SHARE = 0.7;

    private Growth() {
    }

    /** How fast a distillation goes, the teacher's answers included. */
    static Map<String, Double> speed(Task task) {
        Split few = dataset(task.data()).train();
        Classifier teacher = Nets.parse(task.teacher()).fit(few, epochs(1).seed(Driver.SEED));
        DataSet many = repeat(few, (int) Math.ceil(task.rows() / TRAIN_SHARE));
        run(task, teacher, few);
        long began = System.nanoTime();
        run(task, teacher, many.train());
        return Map.of("rows_per_s", task.rows() / Driver.secondsSince(began));
    }

    private static void run(Task task, Classifier teacher, Split rows) {
        distill(teacher).into(Nets.parse(task.student())).on(rows).run(epochs(task.epochs()).seed(Driver.SEED));
    }

    private static DataSet repeat(Split rows, int size) {
        Table table = Table.create("many", StringColumn.create("label",
                IntStream.range(0, size).mapToObj(i -> rows.labelName(i % rows.size()))));
        float[] values = rows.features();
        for (int column = 0; column < rows.width(); column++) {
            FloatColumn feature = FloatColumn.create(rows.columns().get(column), size);
            for (int i = 0; i < size; i++) {
                feature.set(i, values[i % rows.size() * rows.width() + column]);
            }
            table.addColumns(feature);
        }
        return dataset(table, "label");
    }
}
