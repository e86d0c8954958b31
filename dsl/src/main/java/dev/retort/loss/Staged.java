package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One loss after another. */
record Staged(List<Stages.Stage> stages, Loss last) implements Combination {
    @Override
    public NDArray of(Batch batch) {
        return at(batch.now()).of(batch);
    }

    private Loss at(Moment now) {
        int end = 0;
        for (Stages.Stage stage : stages) {
            end += stage.epochs();
            if (now.epoch() < end) {
                return stage.loss();
            }
        }
        return last;
    }

    @Override
    public List<Loss> losses() {
        List<Loss> losses = new ArrayList<>(stages.stream().map(Stages.Stage::loss).toList());
        losses.add(last);
        return losses;
    }

    @Override
    public Loss with(List<Loss> losses) {
        List<Stages.Stage> same = IntStream.range(0, stages.size())
                .mapToObj(i -> new Stages.Stage(losses.get(i), stages.get(i).epochs())).toList();
        return new Staged(same, losses.get(stages.size()));
    }

    @Override
    public double weight() {
        return losses().stream().mapToDouble(Loss::weight).max().orElseThrow();
    }

    @Override
    public Map<Loss, Double> terms(Moment now) {
        return at(now).terms(now);
    }

    @Override
    public String latex() {
        String first = stages.stream().map(stage -> stage.loss().latex() + " & " + stage.epochs() + "\\ \\text{epochs}")
                .collect(Collectors.joining("\\\\ "));
        return "\\begin{cases} " + first + "\\\\ " + last.latex() + " & \\text{then} \\end{cases}";
    }

    @Override
    public String toString() {
        return Stages.text(stages) + ".then(" + last + ")";
    }
}
