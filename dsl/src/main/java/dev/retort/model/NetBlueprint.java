package dev.retort.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.retort.data.Split;
import dev.retort.train.Lesson;
import dev.retort.train.Loop;
import dev.retort.train.Provenance;
import dev.retort.train.Standardizer;
import dev.retort.train.Taps;
import dev.retort.train.Trained;
import java.util.Map;

/** A blueprint of a neural network, trained by the one {@link Loop}. */
interface NetBlueprint extends Blueprint {
    /** A fresh network, rows of this shape → this many logits. */
    Block block(Shape rowShape, int classes);

    @Override
    default void check(Split rows) {
        if (rows.size() == 0) {
            throw new IllegalArgumentException("the split " + rows.name() + " is empty: there is nothing to train " + this + " on");
        }
    }

    @Override
    default Map<String, Shape> layers(Split rows) {
        return Taps.learning(block(rows.rowShape(), rows.classes().size()), rows.rowShape());
    }

    @Override
    default boolean takesTurns() {
        return true;
    }

    @Override
    default Fitted train(Lesson lesson) {
        Split rows = lesson.rows();
        check(rows);
        Standardizer inputs = Standardizer.of(rows);
        Block block = block(rows.rowShape(), rows.classes().size());
        try (Loop loop = new Loop(toString(), block, inputs, lesson)) {
            Trained trained = loop.run();
            Stored untold = new Stored(Stored.Description.of(NetClassifier.KIND, this, rows, inputs), null, trained.weights());
            String fingerprint = ClassifierFile.digest(untold.description(), untold.content());
            Classifier classifier = new NetClassifier(this, untold.told(Provenance.of(lesson, toString(), trained, fingerprint)));
            if (trained.failure() != null) {
                throw new Diverged(trained.failure(), trained.epochs() == 0 ? null : classifier);
            }
            return new Fitted(classifier, trained.history(), trained.interrupted());
        }
    }
}
