package dev.retort.distill;

import static dev.retort.Retort.adamW;
import static dev.retort.Retort.attentionTransfer;
import static dev.retort.Retort.boostedTrees;
import static dev.retort.Retort.cart;
import static dev.retort.Retort.cnn;
import static dev.retort.Retort.constant;
import static dev.retort.Retort.cosine;
import static dev.retort.Retort.crd;
import static dev.retort.Retort.dist;
import static dev.retort.Retort.dkd;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.factorisationMachine;
import static dev.retort.Retort.hardLabels;
import static dev.retort.Retort.hiddenCosine;
import static dev.retort.Retort.hint;
import static dev.retort.Retort.jsd;
import static dev.retort.Retort.labelSmoothing;
import static dev.retort.Retort.linear;
import static dev.retort.Retort.logitsMse;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.nst;
import static dev.retort.Retort.pkt;
import static dev.retort.Retort.ramp;
import static dev.retort.Retort.randomForest;
import static dev.retort.Retort.resnet;
import static dev.retort.Retort.rkdAngle;
import static dev.retort.Retort.rkdDistance;
import static dev.retort.Retort.sgd;
import static dev.retort.Retort.similarityPreserving;
import static dev.retort.Retort.softTargets;
import static dev.retort.Retort.standardised;
import static dev.retort.Retort.stepwise;
import static dev.retort.Retort.uld;
import static dev.retort.Retort.vid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
    static Stream<Object> values() {
        return Stream.of(
                epochs(3).seed(-7).batch(64).optimizer(sgd(0.1).momentum(0.9).decay(5e-4)).rate(cosine(1, 0.01).warmUp(0.05)).clip(0.5).patience(2),
                epochs(3).seed(1L << 40).optimizer(adamW(1e-9).betas(0.8, 0.99).epsilon(1e-6)).rate(stepwise(0.1, 0.5, 0.75)).mixedPrecision(),
                epochs(1).rate(ramp(1, 0)), epochs(1).rate(constant(0.5)),
                mlp(64, 32), cnn(8), resnet(4, 8), cart(12), randomForest(10), boostedTrees(5), linear(), factorisationMachine(4),
                hardLabels(), softTargets(2.5).times(0.9).plus(hardLabels().times(0.1)), softTargets(4).times(cosine(1, 0)),
                labelSmoothing(0.1), logitsMse(), dkd(1, 8, 4), dist(2), standardised(2), jsd(0.3), uld(),
                hint("layer.6").guides("layer.2"), hint("layer.6").guides("layer.2").epochs(3).then(softTargets(4)),
                rkdDistance(), rkdAngle(), similarityPreserving(), pkt(), hiddenCosine(), attentionTransfer("layer.1").guides("layer.2"),
                crd(16), vid(), nst("layer.1"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatAValueWroteOfItselfIsReadBack(Object value) {
        assertThat(Language.read(value.toString(), Retort.class)).hasToString(value.toString()).hasSameClassAs(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mlp", "mlp(", "mlp(8", "mlp(8))", "mlp(8,)", "mlp(8) mlp(8)", "mlp(8).", "mlp(x)", "mlp(8.5)", "mlp(\"8)", "mlp(…)"})
    void whatIsNotWrittenInTheLanguageIsRefused(String text) {
        assertThatThrownBy(() -> Language.read(text, Retort.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingThatTrainsAnswersOrSavesIsCalled() {
        assertThatThrownBy(() -> Language.read("load(\"student.retort\")", Retort.class)).hasMessageContaining("there is no word load");
        assertThatThrownBy(() -> Language.read("mlp(8).toString()", Retort.class)).hasMessageContaining("there is no word toString");
    }

    @Test
    void whatAWordRefusesIsRefusedForItsReason() {
        assertThatThrownBy(() -> Language.read("softTargets(0)", Retort.class)).hasMessageContaining("a temperature is above 0");
    }
}
