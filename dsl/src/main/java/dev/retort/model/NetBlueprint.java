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
import dev.retort.train.TrainingOptions;
import dev.retort.train.Work;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
    default boolean takesTurns(Split rows, TrainingOptions options) {
        return options.deviceOrBest().isGpu()
                || Work.threads(block(rows.rowShape(), rows.classes().size()), rows.rowShape(), options) > 1;
    }

    @Override
    default Fitted train(Lesson lesson) {
        return train(lesson, soFar -> { });
    }

    @Override
    default Fitted train(Lesson lesson, Consumer<Supplier<Classifier>> onlooker) {
        Split rows = lesson.rows();
        check(rows);
        Beforehand.begin();
        Standardizer inputs = Standardizer.of(rows);
        Block block = block(rows.rowShape(), rows.classes().size());
        try (Loop loop = new Loop(toString(), block, inputs, lesson)) {
            classifier(lesson, inputs, loop.soFar()); // What fails, or is slow the first time, is so before the training.
            Trained trained = loop.run(soFar -> onlooker.accept(() -> classifier(lesson, inputs, soFar.get())));
            Classifier classifier = classifier(lesson, inputs, trained);
            if (trained.failure() != null) {
                throw new Diverged(trained.failure(), trained.epochs() == 0 ? null : classifier);
            }
            return new Fitted(classifier, trained.history(), trained.interrupted());
        }
    }

    /** The classifier that came of a training. */
    default Classifier classifier(Lesson lesson, Standardizer inputs, Trained trained) {
        Stored untold = new Stored(Stored.Description.of(NetClassifier.KIND, this, lesson.rows(), inputs), null, trained.weights());
        String fingerprint = ClassifierFile.digest(untold.description(), untold.content());
        return new NetClassifier(this, untold.told(Provenance.of(lesson, toString(), trained, fingerprint)));
    }
}
