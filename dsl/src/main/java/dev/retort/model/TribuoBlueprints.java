package dev.retort.model;

import static dev.retort.loss.Numbers.require;

import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.xgboost.XGBoostTrainer.BoosterType;
import org.tribuo.common.xgboost.XGBoostTrainer.LoggingVerbosity;
import org.tribuo.common.xgboost.XGBoostTrainer.TreeMethod;
import org.tribuo.math.optimisers.AdaGrad;

/** The kinds of blueprint that Tribuo trains. */
public final class TribuoBlueprints {
    private static final int QUIETLY = -1;
    /** In larger batches Tribuo weighs all rows of a batch alike. */
    private static final int ONE_ROW = 1;

    private TribuoBlueprints() {
    }

    /** {@code cart(12)}: one decision tree of at most this depth. */
    public static Blueprint cart(int depth) {
        require(depth >= 1, "cart(" + depth + "): a tree has a depth of at least 1");
        return new TribuoModel("cart(" + depth + ")", false, options -> new CARTClassificationTrainer(
                depth, RandomForest.LEAST_NODE_WEIGHT, 0, 1, new GiniIndex(), options.seed()));
    }

    /** {@code randomForest(300)}: so many trees, each on a sample of the rows. */
    public static Blueprint randomForest(int trees) {
        return new RandomForest(trees);
    }

    /**
     * {@code boostedTrees(200)}: so many rounds of XGBoost, of one tree a class each; at most 6 deep, rate 0.3. Splits are
     * looked for between histogram bins: as accurate as exact ones on letter, in a ninth of the time.
     */
    public static Blueprint boostedTrees(int rounds) {
        require(rounds >= 1, "boostedTrees(" + rounds + "): at least one round is needed, 50 to 500 are usual");
        return new TribuoModel("boostedTrees(" + rounds + ")", false, options -> new XGBoostClassificationTrainer(
                BoosterType.GBTREE, TreeMethod.HIST, rounds, 0.3, 0, 6, 1, 1, 1, 1, 0,
                Runtime.getRuntime().availableProcessors(), LoggingVerbosity.SILENT, options.seed()));
    }

    /** {@code linear()}: logistic regression. */
    public static Blueprint linear() {
        return new TribuoModel("linear()", true, options -> new LinearSGDTrainer(
                new LogMulticlass(), new AdaGrad(1, 0.1), options.epochs(), QUIETLY, ONE_ROW, options.seed()));
    }

    /** {@code factorisationMachine(8)}: a linear model with an interaction for each two columns, of this many factors (Rendle 2010). */
    public static Blueprint factorisationMachine(int factors) {
        require(factors >= 1, "factorisationMachine(" + factors + "): at least one factor is needed, 4 to 16 are usual");
        return new TribuoModel("factorisationMachine(" + factors + ")", true, options -> new FMClassificationTrainer(
                new LogMulticlass(), new AdaGrad(0.1, 0.1), options.epochs(), QUIETLY, ONE_ROW, options.seed(), factors, 0.1));
    }

    /** Any of Tribuo's trainers, under a name; it gets standardised features. */
    public static TribuoModel tribuo(String name, TrainerSource source) {
        return new TribuoModel("tribuo(\"" + name + "\")", true, source);
    }
}
