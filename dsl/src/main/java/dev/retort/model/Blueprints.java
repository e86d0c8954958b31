package dev.retort.model;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** The kinds of blueprint there are. */
public final class Blueprints {
    private static final Pattern CALL = Pattern.compile("(mlp|cnn|resnet)\\(([\\d, ]+)\\)");

    private static final int QUIETLY = -1;
    /** In larger batches Tribuo weighs all rows of a batch alike. */
    private static final int ONE_ROW = 1;

    private Blueprints() {
    }

    /** {@code mlp(64, 32)}: hidden layers with ReLU. */
    public static Blueprint mlp(int... widths) {
        return new Mlp(boxed(widths));
    }

    /** {@code cnn(32, 64)}: convolutions with ReLU and pooling, for images. */
    public static Blueprint cnn(int... channels) {
        return new Cnn(boxed(channels));
    }

    /** {@code resnet(16, 32, 64)}: residual units, for images. */
    public static Blueprint resnet(int... channels) {
        return new Resnet(boxed(channels));
    }

    /** A network of the user's own, under a name. */
    public static Blueprint block(String name, BlockSource source) {
        return new CustomBlock(name, source);
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

    /** Reads what {@code toString()} wrote; null for a network of the user's own. */
    static NetBlueprint parse(String text) {
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            return null;
        }
        List<Integer> sizes = Arrays.stream(call.group(2).split(", ")).map(Integer::valueOf).toList();
        return switch (call.group(1)) {
            case "mlp" -> new Mlp(sizes);
            case "cnn" -> new Cnn(sizes);
            default -> new Resnet(sizes);
        };
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static List<Integer> boxed(int[] sizes) {
        return Arrays.stream(sizes).boxed().toList();
    }
}
