package dev.retort.train;

import static dev.retort.Retort.adam;
import static dev.retort.Retort.adamW;
import static dev.retort.Retort.cosine;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.retort.device.Torch;
import dev.retort.loss.Schedule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Five steps down {@code Σ w⁴ / 4} from (1, −2) and (0.5); PyTorch 2.7.1 goes the same way. */
class DescentTest {
    private static final Schedule STEADY = Schedule.constant(1);
    private static final double ANY = Double.POSITIVE_INFINITY;

    static Stream<Arguments> whatPyTorchDoes() {
        return Stream.of(
                Arguments.of(sgd(0.05), STEADY, ANY, new float[] {0.8075957f, -1.0815791f, 0.4709299f}),
                Arguments.of(sgd(0.05).momentum(0.9), STEADY, ANY, new float[] {0.5082595f, 0.5026143f, 0.424459f}),
                Arguments.of(sgd(0.05).momentum(0.9).decay(0.1), STEADY, ANY, new float[] {0.4622119f, 0.5631567f, 0.3952872f}),
                Arguments.of(sgd(0.05), STEADY, 1, new float[] {0.9651901f, -1.7524927f, 0.4955084f}),
                Arguments.of(sgd(0.05), cosine(1, 0), ANY, new float[] {0.8712384f, -1.2721046f, 0.4819948f}),
                Arguments.of(adam(0.1), STEADY, ANY, new float[] {0.5339224f, -1.5119663f, 0.0871207f}),
                Arguments.of(adam(0.1).decay(0.1), STEADY, ANY, new float[] {0.530373f, -1.511659f, 0.0633065f}),
                Arguments.of(adam(0.1).betas(0.8, 0.9).epsilon(0.01), STEADY, ANY, new float[] {0.5422539f, -1.5135977f, 0.1295104f}),
                Arguments.of(adamW(0.1), STEADY, ANY, new float[] {0.5303789f, -1.5033121f, 0.0860025f}),
                Arguments.of(adamW(0.1).decay(0.1), STEADY, ANY, new float[] {0.4993047f, -1.4272366f, 0.0761992f}));
    }

    @ParameterizedTest
    @MethodSource("whatPyTorchDoes")
    void anOptimizerGoesWherePyTorchGoes(Optimizer optimizer, Schedule rate, double clip, float[] end) {
        try (NDManager manager = Torch.manager()) {
            NDArray pair = manager.create(new float[] {1, -2});
            NDArray single = manager.create(new float[] {0.5f});
            List<NDArray> weights = List.of(pair, single);
            weights.forEach(array -> array.setRequiresGradient(true));
            Descent descent = new Descent(manager, optimizer, clip, weights);
            for (int step = 1; step <= 5; step++) {
                try (NDManager scope = manager.newSubManager()) {
                    try (GradientCollector collector = Torch.engine().newGradientCollector()) {
                        collector.backward(pair.pow(scope.create(4f)).sum().add(single.pow(scope.create(4f)).sum()).div(scope.create(4f)));
                    }
                    descent.step(scope, step, optimizer.rate() * rate.at((step - 1) / 5.0));
                }
            }
            assertThat(pair.concat(single).toFloatArray()).containsExactly(end, within(2e-6f));
        }
    }

    @Test
    void optionsAreShownAsTheyAreWritten() {
        assertThat(epochs(10)).hasToString("epochs(10).seed(0).batch(128).optimizer(adam(0.001))");
        assertThat(epochs(10).seed(1).optimizer(sgd(0.1).momentum(0.9)).decay(5e-4).rate(cosine(1, 0).warmUp(0.05)).clip(1))
                .hasToString("epochs(10).seed(1).batch(128).optimizer(sgd(0.1).momentum(0.9).decay(0.0005))"
                        + ".rate(cosine(1, 0).warmUp(0.05)).clip(1)");
        assertThat(epochs(1).learningRate(3e-4).optimizer()).isEqualTo(adam(3e-4));
        assertThat(adamW(0.01).betas(0.8, 0.9).epsilon(1e-6).decay(0.1)).hasToString("adamW(0.01).betas(0.8, 0.9).epsilon(0.000001).decay(0.1)");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> sgd(0)).hasMessageContaining("sgd(0.0): a positive learning rate");
        assertThatThrownBy(() -> epochs(1).learningRate(-1)).hasMessageContaining("learningRate(-1.0)");
        assertThatThrownBy(() -> sgd(1).momentum(1)).hasMessageContaining("momentum(1.0)");
        assertThatThrownBy(() -> adam(1).betas(0.9, 1)).hasMessageContaining("betas(0.9, 1.0)");
        assertThatThrownBy(() -> adam(1).epsilon(0)).hasMessageContaining("epsilon(0.0)");
        assertThatThrownBy(() -> epochs(1).decay(Double.NaN)).hasMessageContaining("decay(NaN)");
        assertThatThrownBy(() -> epochs(1).clip(0)).hasMessageContaining("clip(0.0)");
    }
}
