package dev.retort.distill;

import static dev.retort.Retort.cart;
import static dev.retort.Retort.cnn;
import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.data.Answer;
import dev.retort.data.Split;
import dev.retort.model.Classifier;
import dev.retort.model.Scored;
import dev.retort.model.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class VariedRowsTest {
    private static final Split ROWS = dataset("digits").train().take(200);
    private static final Classifier TEACHER = mlp(32).fit(dataset("digits").train(), epochs(5).seed(1));

    private final List<float[]> asked = new ArrayList<>();

    @Test
    void theTeacherAnswersInEachEpochForWhatTheStudentSees() {
        Split varied = ROWS.shifted(1);
        distill(listening()).into(mlp(8)).on(varied).run(epochs(3).seed(9));
        List<float[]> ofTheseRows = asked.stream().filter(features -> features.length == ROWS.features().length).toList();
        List<float[]> lastThree = ofTheseRows.subList(ofTheseRows.size() - 3, ofTheseRows.size());
        for (int epoch = 1; epoch <= 3; epoch++) {
            assertThat(lastThree.get(epoch - 1)).isEqualTo(varied.inEpoch(epoch, 9).features());
        }
        asked.clear();
        distill(listening()).into(mlp(8)).on(varied).run(epochs(3).seed(9));
        assertThat(asked).as("answers for passing views are never kept").hasSize(3);
    }

    @Test
    void theSameSeedStillGivesTheSameStudent() {
        Split varied = ROWS.shifted(1).cropped(1);
        Run one = distill(TEACHER).into(cnn(4)).on(varied).loss(softTargets(2)).run(epochs(2).seed(3));
        Run again = distill(TEACHER).into(cnn(4)).on(varied).loss(softTargets(2)).run(epochs(2).seed(3));
        Run plain = distill(TEACHER).into(cnn(4)).on(ROWS).loss(softTargets(2)).run(epochs(2).seed(3));
        assertThat(one.student().fingerprint()).isEqualTo(again.student().fingerprint()).isNotEqualTo(plain.student().fingerprint());
        assertThat(one.twin().fingerprint()).as("the twin sees the same").isEqualTo(cnn(4).fit(varied, epochs(2).seed(3)).fingerprint());
    }

    @Test
    void anInterruptedTeacherEndsTheRunWithTheStudentSoFar() {
        Classifier fickle = wrapped((features, number) -> {
            if (number == 4) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        });
        Run run = distill(fickle).into(mlp(8)).on(ROWS.shifted(1)).run(epochs(10).seed(9));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.interrupted()).isTrue();
        assertThat(run.history().rowCount()).isBetween(1, 3);
    }

    @Test
    void aTreeHasNoEpochs() {
        assertThatThrownBy(() -> distill(TEACHER).into(cart(4)).on(ROWS.flipped())).hasMessageContaining("cart(4) has no epochs");
    }

    private interface Listener {
        void hear(float[] features, int number);
    }

    private Classifier listening() {
        return wrapped((features, number) -> asked.add(features));
    }

    /** The teacher, with somebody who hears what it is asked. */
    private static Classifier wrapped(Listener listener) {
        int[] number = {0};
        return Scored.by(TEACHER, scorer -> new Scorer() {
            @Override
            public Answer answer(Split rows, int from, int to, Set<String> layers) {
                listener.hear(rows.features(from, to), ++number[0]);
                return scorer.answer(rows, from, to, layers);
            }

            @Override
            public void close() {
                scorer.close();
            }
        });
    }
}
