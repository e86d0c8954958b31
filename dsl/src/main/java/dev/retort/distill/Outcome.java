package dev.retort.distill;

import dev.retort.train.Progress;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What became of one run of a sweep, so far.
 *
 * @param run                null until it is finished
 * @param validationAccuracy from 0 to 1; NaN when it is not known
 * @param agreement          with the teacher on the validation rows, from 0 to 1; NaN when it is not known
 * @param fraction           done, from 0 to 1
 * @param note               where it is now, or why it failed
 */
record Outcome(Recipe recipe, State state, Run run, double validationAccuracy, double agreement, double fraction, String note) {
    /** How far a run can be: KEPT is one that an earlier sweep finished. */
    enum State {
        WAITING, RUNNING, DONE, KEPT, INTERRUPTED, FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Outcome waiting(Recipe recipe) {
        return new Outcome(recipe, State.WAITING, null, Double.NaN, Double.NaN, 0, "");
    }

    /** It goes on, or is over without a finished student. */
    Outcome now(State state, String note) {
        return new Outcome(recipe, state, null, validationAccuracy, agreement, state == State.RUNNING ? fraction : 1, note);
    }

    Outcome at(Progress progress) {
        return new Outcome(recipe, State.RUNNING, null, progress.validationAccuracy(), progress.agreement(), progress.fraction(), progress.stage());
    }

    Outcome finished(State state, Run run, double validationAccuracy, double agreement, String note) {
        return new Outcome(recipe, state, run, validationAccuracy, agreement, 1, note);
    }

    static Table table(List<Outcome> outcomes) {
        LongColumn parameters = LongColumn.create("parameters");
        LongColumn bytes = LongColumn.create("bytes");
        for (Outcome outcome : outcomes) {
            if (outcome.run == null) {
                parameters.appendMissing();
                bytes.appendMissing();
            } else {
                parameters.append(outcome.run.student().parameters());
                bytes.append(outcome.run.student().bytes());
            }
        }
        return Table.create("sweep",
                StringColumn.create("student", outcomes.stream().map(outcome -> outcome.recipe.student().toString())),
                StringColumn.create("loss", outcomes.stream().map(outcome -> outcome.recipe.loss().toString())),
                LongColumn.create("seed", outcomes.stream().mapToLong(outcome -> outcome.recipe.options().seed()).toArray()),
                parameters, bytes,
                DoubleColumn.create("validation accuracy", outcomes.stream().mapToDouble(Outcome::validationAccuracy).toArray()),
                DoubleColumn.create("agreement", outcomes.stream().mapToDouble(Outcome::agreement).toArray()),
                StringColumn.create("state", outcomes.stream().map(Outcome::shown)));
    }

    private String shown() {
        return note.isEmpty() ? state.toString() : state == State.RUNNING ? note : state + ": " + note;
    }
}
