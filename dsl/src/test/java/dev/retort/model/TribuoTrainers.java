package dev.retort.model;

import static dev.retort.Retort.tribuo;

import java.util.List;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.liblinear.LibLinearClassificationTrainer;
import org.tribuo.classification.liblinear.LinearClassificationType;
import org.tribuo.classification.liblinear.LinearClassificationType.LinearType;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.classification.sgd.objectives.Hinge;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.nearest.KNNModel;
import org.tribuo.common.nearest.KNNTrainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.neighbour.NeighboursQueryFactoryType;
import org.tribuo.math.optimisers.AdaGrad;

/** Tribuo's trainers, as people bring them. */
final class TribuoTrainers {
    private TribuoTrainers() {
    }

    static List<Trainer<Label>> all() {
        return List.of(new LogisticRegressionTrainer(), new CARTClassificationTrainer(12), forest(), new XGBoostClassificationTrainer(5, 2, true),
                libLinear(), machine(), neighbours());
    }

    /** They say labels only, ignore weights, and are made of models. */
    static List<Blueprint> blueprints() {
        return List.of(supportVectors(), tribuo("neighbours", neighbours()), tribuo("liblinear", libLinear()), tribuo("forest", options -> forest()));
    }

    /** It says labels only. */
    static Blueprint supportVectors() {
        return tribuo("svm", options -> new LinearSGDTrainer(new Hinge(), new AdaGrad(0.1, 0.1), options.epochs(), options.seed()));
    }

    /** It ignores weights, and says labels only. */
    static Trainer<Label> neighbours() {
        return new KNNTrainer<>(5, new L2Distance(), 1, new VotingCombiner(), KNNModel.Backend.THREADPOOL, NeighboursQueryFactoryType.BRUTE_FORCE);
    }

    /** It ignores weights, and says probabilities. */
    static Trainer<Label> libLinear() {
        return new LibLinearClassificationTrainer(new LinearClassificationType(LinearType.L2R_LR), 1, 100, 0.1);
    }

    /** Its model is made of models. */
    static Trainer<Label> forest() {
        return new RandomForestTrainer<>(new CARTClassificationTrainer(12, 1, 0, 0.3f, new GiniIndex(), 1), new VotingCombiner(), 10);
    }

    private static Trainer<Label> machine() {
        return new FMClassificationTrainer(new LogMulticlass(), new AdaGrad(0.01, 0.1), 5, 1, 4, 0.01);
    }
}
