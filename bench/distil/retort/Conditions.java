package bench;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.epochs;

import dev.retort.data.DataSet;
import dev.retort.data.Split;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Writes down what Retort starts from, for the others to start from the same. */
final class Conditions {
    /** So small that weights stay what they are. */
    private static final double NO_LEARNING = 1e-300;

    private final Path folder;

    private Conditions(Path folder) {
        this.folder = folder;
    }

    /** Says which folder it wrote to. */
    static Map<String, String> write(Task task) throws IOException {
        Conditions conditions = new Conditions(Path.of(task.folder()));
        DataSet data = dataset(task.data());
        Split rows = data.train().rows(0, task.rows());
        conditions.write("train", rows.ids());
        conditions.write("validation", data.validation().ids());
        conditions.write("test", data.test().ids());
        for (int size : task.orders()) {
            conditions.write("order-" + size, orders(size, task.epochs()));
        }
        for (String net : List.of(task.teacher(), task.student())) {
            Nets.parse(net).fit(rows.rows(0, 1), epochs(1).seed(Driver.SEED).learningRate(NO_LEARNING))
                    .save(conditions.folder.resolve(net + ".retort"));
        }
        Nets.parse(task.teacher()).fit(rows, epochs(task.teacherEpochs()).seed(Driver.SEED))
                .save(conditions.folder.resolve("teacher.retort"));
        return Map.of("folder", task.folder());
    }

    private static int[] orders(int rows, int epochs) {
        return IntStream.rangeClosed(1, epochs).flatMap(epoch -> IntStream.of(order(rows, epoch))).toArray();
    }

    /** As Retort's loop orders them; that the first losses agree shows that it still does. */
    private static int[] order(int rows, int epoch) {
        int[] order = IntStream.range(0, rows).toArray();
        SplittableRandom random = new SplittableRandom(Driver.SEED * 1_000_003L + epoch);
        for (int i = rows - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    private void write(String name, int[] numbers) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(folder.resolve(name + ".int32"))))) {
            for (int number : numbers) {
                out.writeInt(number);
            }
        }
    }
}
