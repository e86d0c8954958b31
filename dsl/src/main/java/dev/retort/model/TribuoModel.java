package dev.retort.model;

import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.train.Lesson;
import dev.retort.train.Standardizer;
import dev.retort.train.TrainingOptions;
import java.util.List;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.WeightedExamples;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.common.xgboost.XGBoostModel;

/**
 * What one call of a Tribuo trainer makes. It cannot be interrupted. A trainer that heeds weights ({@link WeightedExamples}) gets soft
 * targets as weighted examples; one that ignores them (k nearest neighbours, LibLinear) learns the class that is asked for most.
 *
 * @param call         how it is written in the language
 * @param standardised whether its inputs are, as those of networks
 */
public record TribuoModel(String call, boolean standardised, TrainerSource source) implements TribuoBlueprint {
    /** The same trainer, which gets the features as they are in the source. */
    public TribuoModel raw() {
        return new TribuoModel(call + ".raw()", false, source);
    }

    @Override
    public Standardizer inputs(Split rows) {
        return standardised ? Standardizer.of(rows) : Standardizer.NONE;
    }

    @Override
    public Learned learn(Lesson lesson, TribuoInputs inputs, Bulletin bulletin) {
        Trainer<Label> trainer = trainer(lesson.options());
        MutableDataset<Label> examples = inputs.examples(lesson, trainer instanceof WeightedExamples);
        bulletin.note("training on %,d weighted examples".formatted(examples.size()), 0);
        Model<Label> model = trainer.train(examples, Map.of(), 0);
        List<String> classes = lesson.rows().classes();
        if (model instanceof TreeModel<Label> tree) {
            return trees(List.of(TreeReader.of(tree, classes)), Says.PROBABILITIES, model);
        }
        if (model instanceof XGBoostModel<Label> boosted) {
            return trees(TreeReader.of(boosted, classes), Says.LOGITS, model);
        }
        return new Learned(TribuoClassifier.KIND, TribuoClassifier.details(model), TribuoClassifier.content(model),
                model.getProvenance().getTrainerProvenance().toString(), false);
    }

    private static Learned trees(List<Tree> trees, Says says, Model<Label> from) {
        return new Learned(TreesClassifier.KIND, TreesClassifier.details(says), TreesClassifier.write(trees),
                from.getProvenance().getTrainerProvenance().toString(), false);
    }

    private Trainer<Label> trainer(TrainingOptions options) {
        try {
            return source.get(options);
        } catch (Exception e) {
            throw new IllegalArgumentException(this + " could not be made: " + e, e);
        }
    }

    @Override
    public String toString() {
        return call;
    }
}
