package dev.retort.model;

import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.train.Lesson;
import dev.retort.train.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.tribuo.Dataset;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.dataset.DatasetView;

/**
 * Decision trees of unlimited depth, each grown on its own bootstrap sample and choosing each split among √columns columns
 * (Breiman 2001). Grown here from Tribuo's trees, and not by its own trainer, so that several grow at once, one can interrupt
 * between trees, and none is kept in Tribuo's form: 300 trees for 26 classes were 1.7 GB.
 */
record RandomForest(int trees) implements TribuoBlueprint {
    /** A node with less weight of rows is a leaf. */
    static final float LEAST_NODE_WEIGHT = 1;

    RandomForest {
        if (trees < 1) {
            throw new IllegalArgumentException("randomForest(" + trees + "): at least one tree is needed, 100 to 500 are usual");
        }
    }

    /** It grows as many trees at once as there are processors. */
    @Override
    public boolean takesTurns(Split rows, TrainingOptions options) {
        return true;
    }

    @Override
    public Learned learn(Lesson lesson, TribuoInputs inputs, Bulletin bulletin) {
        MutableDataset<Label> examples = inputs.examples(lesson, true);
        ImmutableFeatureMap features = examples.getFeatureIDMap();
        ImmutableOutputInfo<Label> labels = examples.getOutputIDInfo();
        SplittableRandom random = new SplittableRandom(lesson.options().seed());
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<CompletableFuture<Tree>> growing = Stream.generate(random::nextLong).limit(trees)
                    .map(seed -> CompletableFuture.supplyAsync(() -> {
                        Dataset<Label> sample = DatasetView.createBootstrapView(examples, examples.size(), seed, features, labels);
                        return TreeReader.of(trainer(features.size(), seed).train(sample), lesson.rows().classes());
                    }, pool)).toList();
            List<Tree> grown = harvest(growing, bulletin);
            return new Learned(TreesClassifier.KIND, TreesClassifier.details(Says.PROBABILITIES), TreesClassifier.write(grown),
                    grown.size() + " trees, each on its own bootstrap sample: " + trainer(features.size(), 0).getProvenance(),
                    grown.size() < trees);
        } finally {
            pool.shutdownNow();
        }
    }

    private static CARTClassificationTrainer trainer(int columns, long seed) {
        float share = (float) (Math.sqrt(columns) / columns);
        return new CARTClassificationTrainer(Integer.MAX_VALUE, LEAST_NODE_WEIGHT, 0, share, new GiniIndex(), seed);
    }

    /** The trees in their order, up to an interruption; at least one. */
    private static List<Tree> harvest(List<CompletableFuture<Tree>> growing, Bulletin bulletin) {
        List<Tree> grown = new ArrayList<>();
        try {
            for (CompletableFuture<Tree> tree : growing) {
                grown.add(tree.get());
                bulletin.note("tree %,d of %,d".formatted(grown.size(), growing.size()), grown.size() / (double) growing.size());
            }
        } catch (InterruptedException e) {
            if (grown.isEmpty()) {
                grown.add(growing.get(0).join());
            }
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a tree could not be grown: " + e.getCause().getMessage(), e.getCause());
        }
        return grown;
    }

    @Override
    public String toString() {
        return "randomForest(" + trees + ")";
    }
}
