package dev.retort.train;

import dev.retort.script.NotRecordable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What {@link Descent} does, as TorchScript text: libtorch has each of the optimisers as one operation. */
final class FusedUpdate {
    /** A copy, since two weights may share a gradient. */
    private static final String CLIP = """
            norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients)))
            gradients = torch._foreach_mul(gradients, torch.clamp(torch.mul(torch.reciprocal(torch.add(norm, %s)), %s), max=1.))
            """;
    private static final String MOVE = """
            rate = float(torch.select(rates, 0, i))
            count = torch.add_(self.counts[0], 1)
            torch.%s(weights, gradients, %s, lr=rate, maximize=False)
            """;

    private FusedUpdate() {
    }

    /** @throws NotRecordable for an optimiser of another kind */
    static String of(Optimizer optimizer, double longest, int weights) {
        String clip = Double.isInfinite(longest) ? "" : CLIP.formatted(Descent.NOT_ZERO, longest);
        return clip + move(optimizer, weights);
    }

    private static String move(Optimizer optimizer, int weights) {
        if (optimizer instanceof Adam adam) {
            return MOVE.formatted(adam.decoupled() ? "_fused_adamw_" : "_fused_adam_", Stream.of(
                    moments(0, weights), moments(1, weights), "annotate(List[Tensor], [])", "self.counts",
                    "beta1=" + adam.beta1(), "beta2=" + adam.beta2(), "eps=" + adam.epsilon(), "weight_decay=" + adam.decay(),
                    "amsgrad=False").collect(Collectors.joining(", ")));
        }
        if (optimizer instanceof Sgd sgd) {
            return MOVE.formatted("_fused_sgd_", Stream.of(
                    sgd.momentum() == 0 ? "annotate(List[Tensor], [])" : moments(0, weights),
                    "momentum=" + sgd.momentum(), "weight_decay=" + sgd.decay(), "dampening=0., nesterov=False, is_first_step=False")
                    .collect(Collectors.joining(", ")));
        }
        throw new NotRecordable(optimizer.toString());
    }

    /** One of the moments of each weight. */
    private static String moments(int which, int weights) {
        return IntStream.range(which * weights, (which + 1) * weights)
                .mapToObj(i -> "self.moments[" + i + "]").collect(Collectors.joining(", ", "[", "]"));
    }
}
