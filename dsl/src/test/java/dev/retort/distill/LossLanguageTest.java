package dev.retort.distill;

import static dev.retort.Retort.attentionKl;
import static dev.retort.Retort.attentionTransfer;
import static dev.retort.Retort.cosine;
import static dev.retort.Retort.crd;
import static dev.retort.Retort.dist;
import static dev.retort.Retort.dkd;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.hiddenCosine;
import static dev.retort.Retort.hint;
import static dev.retort.Retort.jsd;
import static dev.retort.Retort.labelSmoothing;
import static dev.retort.Retort.logitsMse;
import static dev.retort.Retort.nst;
import static dev.retort.Retort.pkt;
import static dev.retort.Retort.rkdAngle;
import static dev.retort.Retort.rkdDistance;
import static dev.retort.Retort.similarityPreserving;
import static dev.retort.Retort.softCosine;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.standardised;
import static dev.retort.Retort.stepwise;
import static dev.retort.Retort.teacherLabels;
import static dev.retort.Retort.uld;
import static dev.retort.Retort.vid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.Retort;
import dev.retort.loss.Loss;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossLanguageTest {
    static Stream<Loss> losses() {
        return Stream.of(
                softTargets(2.5), hardLabels(), teacherLabels(), labelSmoothing(0.1), logitsMse(), dkd(1, 8, 4), dist(1), standardised(2),
                jsd(0.5), softCosine(1e-3), uld(), hint(), vid("layer.2"), rkdDistance().guides("layer.1"), rkdAngle(), similarityPreserving(),
                pkt("/conv/Relu_output_0").guides("layer.3"), attentionTransfer(), nst(), hiddenCosine(), attentionKl("layer.6").guides("layer.2"),
                crd(4096), crd(16, "layer.6").guides("layer.2"),
                softTargets(4).times(cosine(1, 0).warmUp(0.1)).plus(hardLabels().plus(pkt()).times(0.1)).times(stepwise(0.1, 0.5, 0.75)),
                hint("layer.3").guides("layer.2").epochs(3).stack(vid().epochs(2)).then(softTargets(4)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aLossIsReadBackAsItIsWritten(Loss loss) {
        assertThat(Language.read(loss.toString(), Retort.class)).isEqualTo(loss);
    }
}
