package dev.retort.model;

import ai.djl.ndarray.types.Shape;
import dev.retort.data.Split;
import dev.retort.loss.HardLabels;
import dev.retort.loss.Loss;
import dev.retort.train.Lesson;
import dev.retort.train.Monitor;
import dev.retort.train.TrainingOptions;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An untrained model: it can learn, and cannot answer. {@code toString()} is how it is written in the language. */
public interface Blueprint {
    /**
     * Refuses rows that this model cannot take, before any work starts.
     *
     * @throws IllegalArgumentException says what does not fit, and the remedy
     */
    void check(Split rows);

    /** The layers that a loss can move while it learns from these rows, as in {@link Classifier#layers}. */
    default Map<String, Shape> layers(Split rows) {
        return Map.of();
    }

    /**
     * Refuses a loss that this model cannot learn by on these rows, before any work starts.
     *
     * @throws IllegalArgumentException says why, and the remedy
     */
    default void check(Split rows, Loss loss) {
        check(rows);
    }

    /**
     * Trains a new model.
     *
     * @throws IllegalArgumentException when the rows do not suit this model
     */
    Fitted train(Lesson lesson);

    /**
     * As {@link #train(Lesson)}, with somebody who looks on: he is told from time to time, and during the call can have the
     * classifier so far. Models that are nothing before they are all never tell.
     */
    default Fitted train(Lesson lesson, Consumer<Supplier<Classifier>> onlooker) {
        return train(lesson);
    }

    /** Whether training it needs the whole machine, so that several are trained one after the other. */
    default boolean takesTurns(Split rows, TrainingOptions options) {
        return false;
    }

    /**
     * Trains on the true labels alone; rows without one are left out. An interrupted thread ends the training early: the
     * classifier so far is returned and the thread stays interrupted.
     *
     * @return a frozen classifier
     * @throws IllegalArgumentException when the split is empty or does not suit this model
     * @throws CancellationException    when it is interrupted before the first step
     * @throws Diverged                 when the loss becomes no number
     */
    default Classifier fit(Split rows, TrainingOptions options) {
        Split labelled = rows.labelled();
        return train(new Lesson(this + " on " + rows.name(), labelled, null, new HardLabels(), options, Monitor.create())).classifier();
    }
}
