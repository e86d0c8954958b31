package dev.retort.train;

import dev.retort.script.Recording;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Training steps as TorchScript text: selecting the rows, the net, the loss, its gradients and the optimiser. */
final class StepText {
    /** The names of the lists of arrays that the text works on. */
    static final String MATERIAL = "material";
    static final String PARAMETERS = "parameters";
    static final String CONSTANTS = "constants";
    static final String WEIGHTS = "weights";
    static final String MOMENTS = "moments";
    static final String COUNTS = "counts";
    static final String TOTAL = "total";

    /**
     * {@code order}: a row of places in the training set for each step. {@code rates}: a learning rate for each step.
     * {@code factors}: for each step the weight of each term of the loss.
     */
    private static final String STEPS = """
              def steps(self: __torch__.Program, order: Tensor, rates: Tensor, factors: Tensor) -> Tensor:
                weights = self.weights
                gradient_mode = torch.is_grad_enabled()
                for i in range(torch.size(order, 0)):
                  places = torch.select(order, 0, i)
                  factor = torch.select(factors, 0, i)
                  torch.set_grad_enabled(True)
            %s
                  found = torch.autograd.grad([loss], weights, allow_unused=True)
                  torch.set_grad_enabled(False)
                  gradients = annotate(List[Tensor], [])
                  for j in range(torch.len(found)):
                    gradient = found[j]
                    if torch.__is__(gradient, None):
                      more = torch.append(gradients, torch.zeros_like(weights[j]))
                    else:
                      more = torch.append(gradients, unchecked_cast(Tensor, gradient))
            %s
                  sum = torch.add_(self.total[0], torch.detach(loss), alpha=torch.size(places, 0))
                torch.set_grad_enabled(gradient_mode)
                return self.total[0]
            """;

    private StepText() {
    }

    /** @param fastest the recorded loss, perhaps rewritten for the device */
    static String of(RecordedLoss recorded, Recording fastest, String update) {
        String loss = Stream.of(selection(recorded), fastest.lines(), sum(fastest.results())).collect(Collectors.joining("\n"));
        return STEPS.formatted(inLoop(loss), inLoop(update));
    }

    /** Only what the loss looks at is selected. */
    private static String selection(RecordedLoss recorded) {
        return IntStream.range(0, recorded.material().size())
                .filter(i -> recorded.recording().reads("m" + i))
                .mapToObj(i -> "m" + i + " = torch.index_select(self.material[" + i + "], 0, places)")
                .collect(Collectors.joining("\n"));
    }

    private static String sum(List<String> terms) {
        String sum = IntStream.range(0, terms.size())
                .mapToObj(i -> "torch.mul(" + terms.get(i) + ", torch.select(factor, 0, " + i + "))")
                .reduce((some, term) -> "torch.add(" + some + ", " + term + ")").orElseThrow();
        return "loss = " + sum;
    }

    private static String inLoop(String lines) {
        return lines.indent(6).stripTrailing();
    }
}
