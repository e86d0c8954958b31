package dev.retort.model;

import dev.retort.data.Split;
import dev.retort.model.TribuoBlueprint.Learned;
import dev.retort.train.History;
import dev.retort.train.Lesson;
import dev.retort.train.Logits;
import dev.retort.train.Progress;
import dev.retort.train.Progress.State;
import dev.retort.train.Trained;
import java.util.List;

/** Tells the monitor of a lesson how far a training is that has no epochs to tell of. */
final class Bulletin {
    private static final String DEVICE = "cpu";

    private static final long BETWEEN_NOTES_NANOS = 200_000_000;

    private final Lesson lesson;
    private final long began = System.nanoTime();
    private long lastNote = began - BETWEEN_NOTES_NANOS;

    Bulletin(Lesson lesson) {
        this.lesson = lesson;
        show("preparing the rows", State.RUNNING, 0, Double.NaN, Double.NaN);
    }

    /** A part of the training is done; told when it is time. */
    void note(String stage, double fraction) {
        if (System.nanoTime() - lastNote < BETWEEN_NOTES_NANOS) {
            return;
        }
        lastNote = System.nanoTime();
        show(stage, State.RUNNING, fraction, Double.NaN, Double.NaN);
    }

    /** The training is over: measures what came of it, as one epoch. */
    Trained close(Classifier classifier, Learned learned) {
        double[] shares = lesson.rows().validation().map(split -> shares(classifier, split))
                .orElse(new double[] {Double.NaN, Double.NaN});
        show("trained", learned.interrupted() ? State.INTERRUPTED : State.DONE, 1, shares[0], shares[1]);
        History history = new History(List.of(new History.Epoch(
                1, Double.NaN, shares[0], shares[1], lesson.rows().size() / seconds(), seconds())));
        return new Trained(learned.content(), history, 1, 0, learned.interrupted(), null, seconds(), DEVICE, learned.trainer());
    }

    /** Accuracy and agreement. */
    private double[] shares(Classifier classifier, Split split) {
        int classes = split.classes().size();
        try (Scorer scorer = classifier.open(null)) {
            int[] predicted = Logits.predicted(scorer.logits(split, 0, split.size()), classes);
            double agreement = lesson.targets() == null ? Double.NaN
                    : Logits.agreement(predicted, lesson.targets().validationClasses());
            return new double[] {Logits.agreement(predicted, split.labels()), agreement};
        }
    }

    private void show(String stage, State state, double fraction, double accuracy, double agreement) {
        lesson.monitor().show(new Progress(lesson.title(), stage, state, fraction, Double.NaN, accuracy, agreement,
                Double.NaN, seconds(), DEVICE));
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }
}
