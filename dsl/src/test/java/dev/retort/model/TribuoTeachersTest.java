package dev.retort.model;

import static dev.retort.Retort.boostedTrees;
import static dev.retort.Retort.cart;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.factorisationMachine;
import static dev.retort.Retort.linear;
import static dev.retort.Retort.load;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.randomForest;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.teacherLabels;
import static dev.retort.Retort.tribuo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.data.DataSet;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.distill.Run;
import dev.retort.loss.HardLabels;
import dev.retort.train.Lesson;
import dev.retort.train.Standardizer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;

/** What Tribuo trains teaches networks, whether it was trained here or elsewhere. */
class TribuoTeachersTest {
    private static final DataSet DIGITS = dataset("digits");
    private static final double FAR_ABOVE_CHANCE = 0.7;

    static Stream<Blueprint> blueprints() {
        return Stream.concat(Stream.of(linear(), cart(12), randomForest(20), boostedTrees(5), factorisationMachine(4)),
                TribuoTrainers.blueprints().stream());
    }

    @ParameterizedTest
    @MethodSource("blueprints")
    void whatIsTrainedHereTeachesANetwork(Blueprint blueprint) {
        Classifier teacher = blueprint.fit(DIGITS.train(), epochs(5).seed(1));
        assertThat(taught(teacher).history().doubleColumn("agreement").get(19)).isGreaterThan(FAR_ABOVE_CHANCE);
    }

    static List<Trainer<Label>> trainers() {
        return TribuoTrainers.all();
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void whatWasTrainedElsewhereTeachesANetwork(Trainer<Label> trainer) {
        MutableDataset<Label> examples = examples();
        Model<Label> model = trainer.train(examples);
        Classifier teacher = tribuo(model, DIGITS);
        int[] answers = teacher.predict(DIGITS.train());
        for (int i = 0; i < 20; i++) {
            assertThat(DIGITS.classes().get(answers[i])).isEqualTo(model.predict(examples.getExample(i)).getOutput().getLabel());
        }
        assertThat(taught(teacher).history().doubleColumn("agreement").get(19)).isGreaterThan(FAR_ABOVE_CHANCE);
    }

    @Test
    void whatTribuoSaysOfATeachersTrainingIsKept(@TempDir Path folder) throws Exception {
        Classifier teacher = tribuo(TribuoTrainers.libLinear().train(examples()), DIGITS);
        String[] its = {"LibLinearClassificationTrainer", "cost=1.0", "description=digits/train", "trained-at=", "tribuo-version=4.3.2"};
        assertThat(teacher.provenance().trainer()).contains(its);
        assertThat(teacher.provenance().toString()).contains("not trained here\ntrained   by Model(").contains(its);
        teacher.save(folder.resolve("teacher.retort"));
        assertThat(load(folder.resolve("teacher.retort").toString()).provenance()).isEqualTo(teacher.provenance());

        Classifier student = distill(teacher).into(mlp(4)).on(DIGITS.train()).run(epochs(1)).student();
        assertThat(student.provenance().teacher().provenance()).isEqualTo(teacher.provenance());
        assertThat(student.provenance().toString()).contains("teacher   tribuo(").contains(its);
    }

    private static MutableDataset<Label> examples() {
        Split rows = DIGITS.train();
        Lesson lesson = new Lesson("elsewhere", rows, null, new HardLabels(), epochs(1), progress -> { });
        TribuoLog.keepQuiet();
        return new TribuoInputs(Standardizer.NONE, rows.width()).examples(lesson, true);
    }

    private static Run taught(Classifier teacher) {
        return distill(teacher).into(mlp(32)).on(DIGITS.train())
                .loss(teacher.says() == Says.LABELS ? teacherLabels() : softTargets(1)).run(epochs(20).seed(1));
    }
}
