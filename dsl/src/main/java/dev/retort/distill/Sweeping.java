package dev.retort.distill;

import ai.djl.Device;
import dev.retort.data.Split;
import dev.retort.device.Devices;
import dev.retort.device.Threads;
import dev.retort.distill.Outcome.State;
import dev.retort.model.Classifier;
import dev.retort.model.Fitted;
import dev.retort.train.History;
import dev.retort.train.Logits;
import dev.retort.train.Monitor;
import dev.retort.train.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A sweep under way. Only the thread that asked for it tells the monitor: a notebook's output belongs to its cell. */
final class Sweeping {
    private static final int MILLISECONDS_BETWEEN_LOOKS = 200;
    private static final int SECONDS_TO_STOP = 5;

    private final Split rows;
    private final Outcome[] outcomes;
    private final Shelf shelf;
    private final Monitor monitor;
    private final List<Device> devices;
    private final Twins twins = new Twins();
    private final long began = System.nanoTime();
    private int[] teacherPredicts;

    /**
     * @param folder  where finished students are kept; null to keep none
     * @param devices on each of which one net that needs it whole is trained at a time, unless the recipes name one
     */
    Sweeping(Split rows, List<Recipe> recipes, Path folder, Monitor monitor, List<Device> devices) {
        this.rows = rows;
        this.devices = devices;
        outcomes = recipes.stream().map(Outcome::waiting).toArray(Outcome[]::new);
        shelf = folder == null ? null : new Shelf(folder);
        this.monitor = monitor;
    }

    Sweep run() {
        List<ExecutorService> workers = new ArrayList<>();
        devices.forEach(device -> workers.add(Executors.newSingleThreadExecutor()));
        ExecutorService together = Executors.newFixedThreadPool(Threads.count());
        workers.add(together);
        try {
            teacherPredicts = outcomes[0].recipe().label(monitor).validationClasses();
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < outcomes.length; i++) {
                int index = i;
                int turn = i % devices.size();
                runs.add((takesTurns(outcomes[i].recipe()) ? workers.get(turn) : together).submit(() -> run(index, devices.get(turn))));
            }
            watch(runs);
        } catch (InterruptedException e) {
            stop(workers);
            Thread.currentThread().interrupt();
        } finally {
            workers.forEach(ExecutorService::shutdownNow);
        }
        show(Thread.currentThread().isInterrupted() ? Progress.State.INTERRUPTED : Progress.State.DONE);
        return new Sweep(snapshot());
    }

    private static boolean takesTurns(Recipe recipe) {
        try {
            return recipe.takesTurns();
        } catch (RuntimeException e) {
            return false; // A student that cannot be made: its run says why.
        }
    }

    private void watch(List<Future<?>> runs) throws InterruptedException {
        for (Future<?> run : runs) {
            while (!run.isDone()) {
                try {
                    run.get(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    show(Progress.State.RUNNING);
                } catch (ExecutionException e) {
                    throw new AssertionError("a run notes its failure", e);
                }
            }
        }
    }

    /** What is being trained stops at its next batch; what cannot be stopped is left behind. */
    private void stop(List<ExecutorService> workers) {
        workers.forEach(ExecutorService::shutdownNow);
        for (ExecutorService worker : workers) {
            try {
                worker.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void run(int index, Device device) {
        Recipe recipe = outcomes[index].recipe().unlessItNamesOne(device);
        try {
            Optional<Classifier> kept = shelf == null ? Optional.empty() : shelf.find(recipe);
            if (kept.isPresent()) {
                finish(index, State.KEPT, new Run(recipe, new Fitted(kept.get(), new History(List.of()), false), twins), "");
                return;
            }
            set(index, outcomes[index].now(State.RUNNING, "running"));
            Run run = recipe.run(progress -> set(index, outcomes[index].at(progress)), twins, soFar -> { });
            if (run.interrupted()) {
                set(index, outcomes[index].now(State.INTERRUPTED, ""));
            } else {
                finish(index, State.DONE, run, keep(run));
            }
        } catch (RuntimeException | Error e) {
            set(index, outcomes[index].now(State.FAILED, String.valueOf(e.getMessage())));
        }
    }

    private String keep(Run run) {
        try {
            if (shelf != null) {
                shelf.keep(run.recipe(), run.student());
            }
            return "";
        } catch (IOException e) {
            return Thread.interrupted() ? keep(run) : "not kept, " + e.getMessage();
        }
    }

    private void finish(int index, State state, Run run, String note) {
        Optional<int[]> predicted = rows.validation().map(split -> predicted(run.student(), split));
        set(index, outcomes[index].finished(state, run,
                predicted.map(classes -> Logits.agreement(classes, rows.validation().orElseThrow().labels())).orElse(Double.NaN),
                predicted.map(classes -> Logits.agreement(classes, teacherPredicts)).orElse(Double.NaN), note));
    }

    /** A student that is trained to its end counts, also where the sweep is interrupted meanwhile. */
    private static int[] predicted(Classifier student, Split split) {
        try {
            return student.predict(split);
        } catch (CancellationException e) {
            Thread.interrupted();
            return student.predict(split);
        }
    }

    private synchronized void set(int index, Outcome outcome) {
        outcomes[index] = outcome;
    }

    private synchronized List<Outcome> snapshot() {
        return List.of(outcomes);
    }

    private void show(Progress.State state) {
        List<Outcome> now = snapshot();
        Recipe first = now.get(0).recipe();
        long over = now.stream().filter(outcome -> outcome.fraction() == 1).count();
        double fraction = now.stream().mapToDouble(Outcome::fraction).average().orElse(1);
        monitor.show(new Progress(first.teacher().name() + " → " + now.size() + " students on " + rows.name(),
                "%,d of %,d runs".formatted(over, now.size()), state, fraction, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                (System.nanoTime() - began) / 1e9, Devices.name(first.options().deviceOrBest())), Outcome.table(now));
    }
}
