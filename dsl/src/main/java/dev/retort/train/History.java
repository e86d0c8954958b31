package dev.retort.train;

import java.util.List;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * What happened, epoch by epoch.
 *
 * @param epochs the completed epochs, in order
 */
public record History(List<Epoch> epochs) {
    /**
     * One completed epoch.
     *
     * @param number             from 1
     * @param loss               mean over the epoch's rows
     * @param validationAccuracy from 0 to 1; NaN without a validation split
     * @param agreement          share of validation rows on which the student predicts the teacher's class; NaN without a teacher
     * @param rowsPerSecond      training rows a second, validation left out
     * @param seconds            since the training began
     */
    public record Epoch(
            int number, double loss, double validationAccuracy, double agreement, double rowsPerSecond, double seconds) {
    }

    public History {
        epochs = List.copyOf(epochs);
    }

    /** One row an epoch; a figure that could not be measured is missing. */
    public Table table() {
        Table table = Table.create("history", IntColumn.create("epoch", epochs.stream().mapToInt(Epoch::number).toArray()));
        return table.addColumns(
                column("loss", Epoch::loss),
                column("validation accuracy", Epoch::validationAccuracy),
                column("agreement", Epoch::agreement),
                column("rows per second", Epoch::rowsPerSecond),
                column("seconds", Epoch::seconds));
    }

    private DoubleColumn column(String name, ToDoubleFunction<Epoch> figure) {
        return DoubleColumn.create(name, epochs.stream().mapToDouble(figure).toArray());
    }
}
