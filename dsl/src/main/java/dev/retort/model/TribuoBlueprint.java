package dev.retort.model;

import dev.retort.data.Split;
import dev.retort.loss.Loss;
import dev.retort.train.Lesson;
import dev.retort.train.Provenance;
import dev.retort.train.Standardizer;
import dev.retort.train.Trained;
import java.util.Map;

/**
 * A blueprint of a model that Tribuo trains. Such a model cannot follow a gradient, so a loss reaches it as labels with
 * weights (see {@link Loss#asks}; {@code ModelWords} tells users which, and why not by regression).
 */
interface TribuoBlueprint extends Blueprint {
    /**
     * What came of a training.
     *
     * @param kind        which class reads the content
     * @param details     what it must know besides
     * @param content     the model
     * @param trainer     Tribuo's own provenance
     * @param interrupted whether it was stopped before the end
     */
    record Learned(String kind, Map<String, String> details, byte[] content, String trainer, boolean interrupted) {
    }

    /** How rows become its inputs; trees take them as they are. */
    default Standardizer inputs(Split rows) {
        return Standardizer.NONE;
    }

    /** Trains a new model. */
    Learned learn(Lesson lesson, TribuoInputs inputs, Bulletin bulletin);

    @Override
    default void check(Split rows) {
        if (rows.size() == 0) {
            throw new IllegalArgumentException("the split " + rows.name() + " is empty: there is nothing to train " + this + " on");
        }
        if (rows.isVaried()) {
            throw new IllegalArgumentException(rows.name() + " looks different in each epoch, but " + this + " has no epochs; give it rows as they are");
        }
    }

    @Override
    default void check(Split rows, Loss loss) {
        check(rows);
        int classes = rows.classes().size();
        loss.asks(new float[classes], 0, classes);
    }

    @Override
    default Fitted train(Lesson lesson) {
        Split rows = lesson.rows();
        check(rows, lesson.loss());
        TribuoLog.keepQuiet();
        Standardizer inputs = inputs(rows);
        Bulletin bulletin = new Bulletin(lesson);
        Learned learned = learn(lesson, new TribuoInputs(inputs, rows.width()), bulletin);
        Stored.Description description = new Stored.Description(learned.kind(), toString(), rows.classes(),
                rows.rowShape().getShape(), rows.columns(), inputs.mean(), inputs.deviation(), learned.details());
        Stored untold = new Stored(description, null, learned.content());
        Classifier classifier = StoredClassifier.of(untold).orElseThrow();
        Trained trained = bulletin.close(classifier, learned);
        Stored stored = untold.told(Provenance.of(lesson, toString(), trained, classifier.fingerprint()));
        return new Fitted(StoredClassifier.of(stored).orElseThrow(), trained.history(), trained.interrupted());
    }
}
