package dev.retort.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Losses for the first epochs of a run, one after another; {@code then} and {@code stack} say what follows. Immutable.
 *
 * <pre>{@code
 * hint("layer.3").guides("layer.2").epochs(3).then(softTargets(4))                     // FitNets: hints first
 * first.epochs(2).then(second.epochs(2)).then(softTargets(4))                          // progressive, bottom-up
 * first.epochs(2).stack(second.epochs(2)).then(softTargets(4))                         // stacked: lower losses are kept
 * }</pre>
 *
 * The last two are the schedules of Aguilar et al. 2020, «Knowledge Distillation from Internal Representations».
 */
public final class Stages {
    private final List<Stage> stages;

    /** A loss and for how many epochs it counts. */
    record Stage(Loss loss, int epochs) {
        Stage {
            Numbers.require(epochs >= 1, loss + ".epochs(" + epochs + "): at least one epoch is needed");
        }

        @Override
        public String toString() {
            return loss + ".epochs(" + epochs + ")";
        }
    }

    private Stages(List<Stage> stages) {
        this.stages = List.copyOf(stages);
    }

    static Stages of(Loss loss, int epochs) {
        return new Stages(List.of(new Stage(loss, epochs)));
    }

    /** Then these, for their epochs. */
    public Stages then(Stages next) {
        List<Stage> all = new ArrayList<>(stages);
        all.addAll(next.stages);
        return new Stages(all);
    }

    /** Then this one, to the end of the run. */
    public Loss then(Loss last) {
        return new Staged(stages, last);
    }

    /** Then these, for their epochs, added to the loss so far. */
    public Stages stack(Stages next) {
        return then(new Stages(next.stages.stream().map(stage -> new Stage(newest().plus(stage.loss), stage.epochs)).toList()));
    }

    /** Then this one, added to the loss so far, to the end of the run. */
    public Loss stack(Loss last) {
        return then(newest().plus(last));
    }

    private Loss newest() {
        return stages.get(stages.size() - 1).loss;
    }

    @Override
    public String toString() {
        return text(stages);
    }

    static String text(List<Stage> stages) {
        return stages.stream().skip(1).map(stage -> ".then(" + stage + ")").collect(Collectors.joining("", stages.get(0).toString(), ""));
    }
}
