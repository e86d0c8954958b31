package dev.retort.distill;

import dev.retort.data.DataSet;
import dev.retort.data.Split;
import dev.retort.loss.Loss;
import dev.retort.model.Blueprint;
import dev.retort.model.Classifier;
import dev.retort.train.Checkpoint;
import dev.retort.train.Provenance;
import dev.retort.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes classifiers from their provenances.
 *
 * @param words the class of the language's words
 * @param own   what no recipe can name: data sets, splits, teachers and blueprints of one's own, in any order
 */
record Maker(Class<?> words, List<Object> own) {
    private static final Pattern SPLIT = Pattern.compile("(.+)/(train|validation|test)(\\..*)?");
    /** How the loss begins of students that learned from each other. */
    private static final String MUTUAL = "mutualLearning(";

    Maker {
        own = List.copyOf(own);
        for (Object each : own) {
            if (!(each instanceof DataSet || each instanceof Split || each instanceof Classifier || each instanceof Blueprint)) {
                throw new IllegalArgumentException("besides the provenance come data sets, splits, teachers and blueprints, not "
                        + each.getClass().getSimpleName());
            }
        }
    }

    /** Trains it again. */
    Classifier make(Provenance made) {
        if (made.interrupted()) {
            throw new IllegalArgumentException(made.model() + " was interrupted after " + made.steps() + " steps, so that there is no"
                    + " recipe to follow; give it as it is, if it is a teacher");
        }
        return train(made, UnaryOperator.identity());
    }

    /** Goes on with the training that keeps this checkpoint, or gives what came of it. */
    Classifier resume(Path file) throws IOException {
        return train(Checkpoint.read(file).header().run(), options -> options.checkpoint(file));
    }

    private Classifier train(Provenance made, UnaryOperator<TrainingOptions> change) {
        if (made.rows() == 0) {
            throw new IllegalArgumentException(made.model() + " was not trained here; give it as it is, if it is a teacher");
        }
        if (made.loss().startsWith(MUTUAL)) {
            throw new IllegalArgumentException(made.model() + " comes of mutual learning: students that learn from each other are not made"
                    + " one by one; run mutual(…).on(…) again with " + made.options() + ", and its checkpoint(file) if there is one;"
                    + " or give it as it is, if it is a teacher");
        }
        Split rows = rows(made);
        Blueprint blueprint = blueprint(made.model());
        TrainingOptions options = change.apply((TrainingOptions) Language.read(made.options(), words));
        return made.teacher() == null ? blueprint.fit(rows, options)
                : Distillation.from(teacher(made.teacher())).into(blueprint).on(rows)
                        .loss((Loss) Language.read(made.loss(), words)).run(options).student();
    }

    private Split rows(Provenance made) {
        return given(Split.class).filter(made::isOf).findFirst().orElseGet(() -> {
            Matcher name = SPLIT.matcher(made.data());
            if (!name.matches()) {
                throw new IllegalArgumentException("'" + made.data() + "' names no rows; give them after the provenance");
            }
            DataSet data = given(DataSet.class).filter(each -> each.name().equals(name.group(1))).findFirst()
                    .orElseGet(() -> orGiven(made.data(), () -> DataSet.named(name.group(1))));
            String cuts = "." + name.group(2) + "()" + Objects.requireNonNullElse(name.group(3), "");
            Split rows = orGiven(made.data(), () -> (Split) Language.continued(data, cuts, words));
            if (!made.isOf(rows)) {
                throw new IllegalArgumentException(rows.name() + " are not the rows that they were: its data had the fingerprint "
                        + made.dataFingerprint() + ", and now has " + rows.fingerprint() + "; give the old data after the provenance");
            }
            return rows;
        });
    }

    private Blueprint blueprint(String model) {
        return given(Blueprint.class).filter(blueprint -> blueprint.toString().equals(model)).findFirst()
                .orElseGet(() -> orGiven(model, () -> (Blueprint) Language.read(model, words)));
    }

    private Classifier teacher(Provenance.Teacher teacher) {
        return given(Classifier.class).filter(each -> each.fingerprint().equals(teacher.fingerprint())).findFirst().orElseGet(() -> {
            Classifier again = make(teacher.provenance());
            if (!again.fingerprint().equals(teacher.fingerprint())) {
                throw new IllegalArgumentException("the teacher " + teacher.name() + " does not come out the same again: it was "
                        + teacher.fingerprint() + ", and is now " + again.fingerprint() + "; give the old one after the provenance");
            }
            return again;
        });
    }

    private <T> Stream<T> given(Class<T> type) {
        return own.stream().filter(type::isInstance).map(type::cast);
    }

    private static <T> T orGiven(String name, Supplier<T> known) {
        try {
            return known.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is your own, give it after the provenance: " + e.getMessage(), e);
        }
    }
}
